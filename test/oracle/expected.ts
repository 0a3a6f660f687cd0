import { look, type Alert } from './alerts.ts';
import { clockOf, type Clock } from './clock.ts';
import type { Fact, History, Ms, Pack } from './history.ts';
import { verdictOf, type Known, type Verdict } from './verdict.ts';

/** No verdict: the order ended without a stop. */
export type Judged = { readonly rule: string; readonly clock: Clock; readonly verdict: Verdict | undefined };

/** What must hold after one look: each clock that has begun, and every alert ever raised, oldest first. */
export type Look = { readonly at: Ms; readonly judged: readonly Judged[]; readonly alerts: readonly Alert[] };

/**
 * What the laws demand at each of the look times, which must ascend. Alerts are raised and settled only by looking.
 * `pack` holds where no activation does.
 */
export function expected(history: History, pack: Pack, lookTimes: readonly Ms[]): readonly Look[] {
  const looks: Look[] = [];
  let alerts: readonly Alert[] = [];
  for (const at of lookTimes) {
    const facts = history.facts.filter(({ known }) => known <= at);
    const known: Known = { history, facts, now: at, endedAt: endOf(facts) };
    const judged: Judged[] = [];
    for (const rule of packInForce(history, facts, { at, pack }).rules) {
      const clock = clockOf(facts, rule);
      if (clock !== undefined) judged.push({ rule: rule.id, clock, verdict: verdictOf(known, rule, clock) });
      const others = alerts.filter((alert) => alert.rule !== rule.id);
      const own = alerts.filter((alert) => alert.rule === rule.id);
      alerts = [...others, ...look(own, known, rule, clock)];
    }
    looks.push({ at, judged, alerts });
  }
  return looks;
}

/** The last one put in force, in log order, that holds from the report or earlier. */
function packInForce(history: History, facts: readonly Fact[], otherwise: { at: Ms; pack: Pack }): Pack {
  const report = facts.find((fact) => fact.kind === 'reported');
  if (report === undefined) return otherwise.pack;
  const activations = (history.activations ?? []).filter(({ known }) => known <= otherwise.at);
  return activations.findLast(({ from }) => from <= report.when.est)?.pack ?? otherwise.pack;
}

function endOf(facts: readonly Fact[]): Ms | undefined {
  let ended: Ms | undefined;
  for (const fact of facts) {
    if (fact.kind === 'ended') ended ??= fact.known;
    if (fact.kind === 'reopened' || fact.kind === 'unmerged') ended = undefined;
  }
  return ended;
}
