import type { RuleStop } from '#shared/event/rule-pack.ts';
import type { Fact } from '#shared/order/order.ts';

import { useDesk, useWords } from '../desk-state.ts';
import { DONE } from '../order-words.ts';

/** What is known of when a fact happened: estimate, bounds, grade and why, who said so. */
export function Evidence({ fact }: { readonly fact: Fact }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { time, crew, radio, by } = fact;
  const org = desk.client.org.value;
  const kind = isStop(fact.kind) ? DONE[fact.kind] : null;
  const who = [
    kind && t(kind),
    crew === null ? null : (org.crews.get(crew)?.name ?? crew),
    radio ? t('trace.byRadio') : null,
    by === null ? null : (org.persons.get(by)?.name ?? by),
  ];
  const reason = time.why === undefined ? null : t(`sureness.${time.why}`);
  const span = { lo: format.clockSeconds(time.lo), hi: format.clockSeconds(time.hi) };
  return (
    <p class="evidence">
      <b class="tabular">{format.plusMinus(time.est, time.e, true)}</b> {t(`grade.${time.grade}`)}
      <span class="meta">{who.filter(Boolean).join(' · ')}</span>
      <span class="meta tabular">
        {t('judge.bounds', span)}
        {reason !== null && ` · ${reason}`}
      </span>
    </p>
  );
}

const isStop = (kind: string): kind is RuleStop => Object.hasOwn(DONE, kind);
