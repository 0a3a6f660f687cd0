import { isWatched } from '#shared/sla/leading.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';

import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { clocksOf, type Judged, type ShownClock } from '../judge.ts';
import { clockWords, shapeOf } from '../order-words.ts';
import { ClockLine } from './clock-line.tsx';

/** Every clock of the order side by side: the promises with their lines and ceilings, then the stages inside. */
export function Clocks({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const all = clocksOf(one.order, desk.known.value);
  const watched = all.filter(({ clock }) => isWatched(clock.rule));
  const ceilings = all.filter(({ clock }) => clock.rule.kind === 'ceiling' && !isWatched(clock.rule));
  const inside = all.filter((clock) => !watched.includes(clock) && !ceilings.includes(clock));
  if (all.length === 0) return <p class="meta">{t('sheet.noClock')}</p>;
  const over = (main: ShownClock) => ceilings.filter(({ clock }) => isBound(clock, main.clock));
  const alone = ceilings.filter((ceiling) => !watched.some((main) => over(main).includes(ceiling)));
  return (
    <div class="order-clocks">
      {watched.map((main) => (
        <ClockLine key={main.clock.rule.id} one={one} main={main} ceilings={over(main)} />
      ))}
      {[...alone, ...inside].length > 0 && (
        <ul class="clock-cells">
          {[...alone, ...inside].map((clock) => (
            <Cell key={clock.clock.rule.id} clock={clock} />
          ))}
        </ul>
      )}
      {desk.lostSince.value !== null && (
        <p class="meta">{t('sheet.frozen', { time: format.clock(desk.known.value.at) })}</p>
      )}
    </div>
  );
}

/** A ceiling over the same stage as a promise stands on its line. */
const isBound = (ceiling: StageClock, promise: StageClock): boolean =>
  ceiling.rule.stop === promise.rule.stop && ceiling.rule.origin === promise.rule.origin;

/** A clock nobody is told of: what it is and how it stands. */
function Cell({ clock }: { readonly clock: ShownClock }) {
  const words = useWords();
  const { lang } = useDesk().preferences;
  const shape = shapeOf(clock, null);
  const { word, second } = clockWords(clock, null, words);
  const limit = words.format.when(clock.clock.limit.to, clock.now);
  return (
    <li
      class="clock-cell"
      title={[word, second, words.t('verdict.limitAt', { time: limit })].filter(Boolean).join(' · ')}
    >
      {shape ? <VerdictMark {...shape} size={16} /> : <span />}
      <span>{clock.clock.rule.name[lang.value]}</span>
      <span class="tabular">{word}</span>
    </li>
  );
}
