import { assertNever } from '#shared/result.ts';

import type { ShapeInput } from '../ui/verdict-shape.ts';
import type { LocalVerdict } from './local-verdict.ts';
import type { Words } from './shell.ts';

/** A verdict as it is drawn and said. `second`: until when, or which limit has passed. */
export type VerdictSaid = { readonly shape: ShapeInput; readonly word: string; readonly second: string | undefined };

/** `seconds`: count seconds under five minutes, for the one open order. */
export function sayVerdict(local: LocalVerdict, { t, f }: Words, now: number, seconds = false): VerdictSaid {
  const { verdict, clock } = local;
  switch (verdict.is) {
    case 'met':
      return { shape: { look: 'met' }, word: t('verdict.met'), second: undefined };
    case 'running':
      return {
        shape: local.soon ? { look: 'soon' } : { look: 'running', share: local.share },
        word: seconds ? f.leftWithSeconds(verdict.leftMs) : f.left(verdict.leftMs),
        second: t('order.arriveBy', { time: f.when(clock.limit.to, now) }),
      };
    case 'missed':
      return {
        shape: { look: 'missed' },
        word: f.over(verdict.overMs),
        second: t('verdict.limitPassed', { time: f.when(clock.limit.to, now) }),
      };
    case 'unknown':
      return {
        shape: { look: 'unknown' },
        word: verdict.why === 'silent' ? f.noNewsSince(verdict.since, now) : t('verdict.clockUnsure'),
        second: t('verdict.limitPassed', { time: f.when(clock.limit.to, now) }),
      };
    default:
      return assertNever(verdict);
  }
}
