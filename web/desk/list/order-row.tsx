import type { ReadonlySignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';

import { groupedId } from '../../text/format.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { shapeOf, stageWord, verdictWords } from '../order-words.ts';

type OrderRowProps = {
  readonly one: Judged;
  readonly top: number;
  readonly chosen: boolean;
  /** A signal and no function of the list's: a row that the page has let go must not keep the list it was drawn from. */
  readonly crewNames: ReadonlySignal<ReadonlyMap<CrewId, string>>;
};

/**
 * One line: verdict, id, place, crew, where it stands. An unknown shows the limit that has passed instead of the stage,
 * another that waits for a person says so. */
export function OrderRow({ one, top, chosen, crewNames }: OrderRowProps) {
  const desk = useDesk();
  const words = useWords();
  const { order, view, look, silentMs } = one;
  const shape = shapeOf(one, silentMs);
  const { word, second } = verdictWords(one, words);
  const stage = stageWord(view, desk.known.value.heard, words.t);
  const place = order.report?.address ?? '';
  const passed = one.verdict?.is === 'unknown' && one.clock;
  return (
    <div
      id={`row-${order.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      class={`order-row${chosen ? ' is-chosen' : ''}${look === null ? ' is-over' : ` is-${look}`}`}
      style={{ top: `${top}px` }}
      title={[word, second, order.id, place, stage].filter(Boolean).join(' · ')}
      onClick={() => desk.open(order.id)}
      onKeyDown={(event) => event.key === 'Enter' && desk.open(order.id)}
    >
      {shape === null ? <span /> : <VerdictMark {...shape} size={18} />}
      <span class="row-verdict tabular">{word}</span>
      <span class="row-id tabular">{groupedId(order.id)}</span>
      <span class="row-place">{place}</span>
      <span class="row-crew tabular">
        {order.crew === null ? '–' : (crewNames.value.get(order.crew) ?? order.crew)}
      </span>
      <span class="row-stage tabular">
        {passed
          ? words.t('row.limit', { time: words.format.clock(passed.limit.to) })
          : one.asksPerson
            ? words.t('row.toJudge')
            : stage}
      </span>
    </div>
  );
}
