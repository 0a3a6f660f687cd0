import { timeWords } from '../../text/time-words.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { Judged, ShownClock } from '../judge.ts';
import { clockWords, DONE, shapeOf } from '../order-words.ts';

type ClockLineProps = {
  readonly one: Judged;
  readonly main: ShownClock;
  readonly ceilings: readonly ShownClock[];
};

/** One promise from its origin to its limit, with the bounds of what stopped it and the ceiling over it. */
export function ClockLine({ one, main, ceilings }: ClockLineProps) {
  const words = useWords();
  const { t, format } = words;
  const lang = useDesk().preferences.lang.value;
  const { clock, verdict, now } = main;
  const { stop, limit, origin } = clock;
  const waits = verdict?.is === 'running' || !stop;
  const { word, second } = clockWords(main, waits ? one.silentMs : null, words);
  const shape = shapeOf(main, verdict?.is === 'running' ? one.silentMs : null);
  const quiet = one.order.alerts.some(
    (alert) => alert.quiet === true && alert.rule === clock.rule.id && alert.epoch === clock.epoch,
  );
  return (
    <div class="order-clock">
      <p class="clock-head">
        {shape ? <VerdictMark {...shape} size={18} /> : <span />}
        <span>
          <b>{clock.rule.name[lang]}</b> <span class="tabular">{word}</span>
          {second !== undefined && <span class="tabular"> · {second}</span>}
          {quiet && <span class="clock-mark">{t('verdict.recordedLate')}</span>}
        </span>
      </p>
      <Line main={main} ceilings={ceilings} />
      <p class="meta tabular">
        {t('sheet.clockFrom', { time: format.when(origin.est, now) })} ·{' '}
        {limit.to === Infinity
          ? t('verdict.pausedWhy')
          : limit.to - limit.from >= MINUTE
            ? t('sheet.limitBetween', { lo: format.clock(limit.from), hi: format.when(limit.to, now) })
            : t('verdict.limitAt', { time: format.when(limit.to, now) })}
        {stop && (
          <>
            {' · '}
            {t(DONE[clock.rule.stop])} <TimeLabel {...timeWords(stop.time, format, true)} />{' '}
            <span title={t(`grade.${stop.time.grade}`)}>{stop.time.grade}</span>
          </>
        )}
      </p>
      {ceilings.map((ceiling) => (
        <Ceiling key={ceiling.clock.rule.id} ceiling={ceiling} />
      ))}
    </div>
  );
}

const MINUTE = 60_000;

function Ceiling({ ceiling }: { readonly ceiling: ShownClock }) {
  const words = useWords();
  const lang = useDesk().preferences.lang.value;
  const shape = shapeOf(ceiling, null);
  const { word } = clockWords(ceiling, null, words);
  return (
    <p class="clock-ceiling tabular">
      {shape ? <VerdictMark {...shape} size={16} /> : <span />}
      <span>
        {ceiling.clock.rule.name[lang]} {word} ·{' '}
        {words.t('verdict.limitAt', { time: words.format.when(ceiling.clock.limit.to, ceiling.now) })}
      </span>
    </p>
  );
}

function Line({ main, ceilings }: { readonly main: ShownClock; readonly ceilings: readonly ShownClock[] }) {
  const { clock, verdict, now, look } = main;
  const { stop, limit, origin } = clock;
  const limits = [limit.to, ...ceilings.map((one) => one.clock.limit.to)].filter(Number.isFinite);
  const reached = stop ? stop.time.est : now;
  const end = Math.max(
    ...limits.map((at) => at + clock.lengthMs * 0.1),
    Math.min(reached, origin.est + 4 * clock.lengthMs),
  );
  const x = (moment: number): number => Math.max(0, Math.min(100, ((moment - origin.est) / (end - origin.est)) * 100));
  const until = Math.min(reached, end);
  const heard = verdict?.is === 'unknown' && verdict.why === 'silent' ? verdict.since : until;
  return (
    <svg
      class={`clock-line${look === null ? '' : ` is-${look}`}`}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="clock-track" d="M0 8H100" />
      <path class="clock-known" d={`M0 8H${x(Math.min(heard, until))}`} />
      {heard < until && <path class="clock-silent" d={`M${x(heard)} 8H${x(until)}`} />}
      {stop && <path class="clock-bounds" d={`M${x(stop.time.lo)} 8H${x(stop.time.hi)}`} />}
      {stop && <path class="clock-stop" d={`M${x(stop.time.est)} 2V14`} />}
      {Number.isFinite(limit.to) && <path class="clock-limit" d={`M${x(limit.to)} 0V16`} />}
      {ceilings.map((one) => (
        <path key={one.clock.rule.id} class="clock-limit is-ceiling" d={`M${x(one.clock.limit.to)} 3V13`} />
      ))}
    </svg>
  );
}
