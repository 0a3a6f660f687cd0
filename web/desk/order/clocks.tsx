import type { EventTime } from '#shared/time/event-time.ts';

import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { verdictWords, type Words } from '../order-words.ts';

/** The clock of each rule from its origin to its limit, with the bounds of what stopped it. */
export function Clocks({ one }: { readonly one: Judged }) {
  const words = useWords();
  const desk = useDesk();
  const { t, format } = words;
  const { clock, order, at } = one;
  if (clock === null) return <p class="meta">{t('sheet.noClock')}</p>;
  const end = Math.max(clock.limit.to + (clock.limit.to - clock.origin.est) * 0.25, clock.stop ? clock.stop.time.est : at);
  const x = (moment: number): number =>
    Math.max(0, Math.min(100, ((moment - clock.origin.est) / (end - clock.origin.est)) * 100));
  const until = clock.stop ? clock.stop.time.est : Math.min(at, end);
  const heard = one.verdict?.is === 'unknown' && one.verdict.why === 'silent' ? one.verdict.since : until;
  const quiet = order.alerts.some((alert) => alert.quiet === true && alert.rule === clock.rule.id);
  const { word, second } = verdictWords(one, words);
  return (
    <div class="order-clock">
      <p>
        <b>{t('rule.arrival')}</b> <span class="tabular">{word}</span>
        {second !== undefined && <span class="tabular"> · {second}</span>}
        {quiet && <span class="clock-mark">{t('verdict.recordedLate')}</span>}
      </p>
      <svg
        class={`clock-line${one.look === null ? '' : ` is-${one.look}`}`}
        viewBox="0 0 100 16"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path class="clock-track" d="M0 8H100" />
        <path class="clock-known" d={`M0 8H${x(Math.min(heard, until))}`} />
        {heard < until && <path class="clock-silent" d={`M${x(heard)} 8H${x(until)}`} />}
        {clock.stop && <path class="clock-bounds" d={`M${x(clock.stop.time.lo)} 8H${x(clock.stop.time.hi)}`} />}
        {clock.stop && <path class="clock-stop" d={`M${x(clock.stop.time.est)} 2V14`} />}
        <path class="clock-limit" d={`M${x(clock.limit.to)} 0V16`} />
      </svg>
      <p class="meta tabular">
        {t('sheet.clockFrom', { time: format.when(clock.origin.est, at) })} ·{' '}
        {t('verdict.limitAt', { time: format.when(clock.limit.to, at) })}
        {clock.stop && ` · ${t('sheet.clockStop', { time: boundsText(clock.stop.time, words) })}`}
        {desk.lostSince.value !== null && ` · ${t('sheet.frozen', { time: format.clock(at) })}`}
      </p>
    </div>
  );
}

/** "14:21:08 ± 20 秒 A"; a C says its bounds instead, because only they may judge. */
function boundsText(time: EventTime, { t, format }: Words): string {
  if (time.grade !== 'C') return `${format.plusMinus(time.est, time.e, true)} ${time.grade}`;
  return t('sheet.bounds', { lo: format.clock(time.lo), hi: format.clock(time.hi), grade: time.grade });
}
