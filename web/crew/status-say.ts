import type { SyncStatus } from '../read/client-context.ts';
import type { StripTone } from '../ui/strip.tsx';
import type { Words } from './shell.ts';

/** Below this nothing big should be made. */
const LOW_SPACE_BYTES = 50_000_000;

/** The worst thing first; being out of coverage is plain, never a warning. */
export function sayStatus(status: SyncStatus, now: number, { t, f }: Words): { text: string; tone: StripTone } {
  const { state, waiting: n, lastSuccessAt, storage, lost, evicted, recovered } = status;
  if (lost) {
    const gone = [lost, ...(lost.also ?? [])].reduce((sum, { from, to }) => sum + to - from + 1, 0);
    return { text: t('strip.storageLost', { n: gone }), tone: 'red' };
  }
  if (evicted) return { text: t('strip.evicted'), tone: 'red' };
  // Until the centre has them too.
  if (recovered > 0 && n > 0) return { text: t('strip.recovered', { n: recovered }), tone: 'amber' };
  if (state === 'blocked') return { text: t('strip.blocked'), tone: 'amber' };
  if (state === 'signInNeeded')
    return { text: n > 0 ? t('strip.sessionEnded', { n }) : t('strip.sessionEndedClear'), tone: 'amber' };
  if (state === 'captivePortal')
    return { text: n > 0 ? t('strip.portal', { n }) : t('strip.portalClear'), tone: 'amber' };
  if (storage && storage.quotaBytes - storage.usedBytes < LOW_SPACE_BYTES)
    return { text: t('strip.spaceLow'), tone: 'amber' };
  if (state === 'noNetwork') {
    if (lastSuccessAt === null) return { text: t('strip.noSignalNever'), tone: 'plain' };
    const age = f.span(now - lastSuccessAt);
    return { text: n > 0 ? t('strip.noSignal', { n, age }) : t('strip.noSignalClear', { age }), tone: 'plain' };
  }
  if (n === 0 && lastSuccessAt !== null)
    return { text: t('strip.allReceived', { time: f.clock(lastSuccessAt) }), tone: 'plain' };
  if (n === 0) return { text: t('today.firstLoad'), tone: 'plain' };
  return { text: state === 'serverBusy' ? t('strip.serverBusy', { n }) : t('strip.working', { n }), tone: 'plain' };
}
