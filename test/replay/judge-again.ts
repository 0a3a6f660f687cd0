import type { Alert } from '../oracle/alerts.ts';
import type { Clock } from '../oracle/clock.ts';
import { expected } from '../oracle/expected.ts';
import type { Device, History, Ms, Pack } from '../oracle/history.ts';
import type { LoggedAlert, LoggedOrder } from './read-history.ts';

/** What was known beside an order's own events. `looks`: when the server looked, ascending. */
export type Beside = {
  readonly pack: Pack;
  readonly crews: Readonly<Record<string, readonly Device[]>>;
  readonly looks: readonly Ms[];
  readonly end: Ms;
};

const SECOND = 1_000;

/** Where the server's alerts of an order differ from the oracle's, in words. */
export function judgeAgain({ order, facts, alerts }: LoggedOrder, beside: Beside): readonly string[] {
  const named = facts.flatMap((fact) => (fact.kind === 'dispatched' || fact.kind === 'reassigned' ? fact.crew : []));
  // Limits follow from facts alone, so a first reading without devices finds the instants that can matter.
  const bare: History = { facts, crews: {} };
  const known = [...new Set(facts.map((fact) => fact.known))].toSorted(ascending);
  const clocks = expected(bare, beside.pack, known).flatMap(({ judged }) => judged);
  const limits = [...new Set(clocks.map(({ clock }) => clock.limit.to))];
  const crews = Object.fromEntries(
    named.map((crew) => [crew, (beside.crews[crew] ?? []).map((device) => relevant(device, limits))]),
  );
  const rules = new Map(beside.pack.rules.map((rule) => [rule.id, rule]));
  const instants = [
    ...known,
    ...clocks.flatMap(({ rule, clock }) => turns(clock, rules.get(rule))),
    ...facts.flatMap((fact) => (fact.kind === 'acknowledged' ? (fact.until ?? []) : [])),
    ...Object.values(crews)
      .flat()
      .flatMap(({ hearings, lost = [] }) => [
        ...hearings.map(({ learnedAt }) => learnedAt),
        ...lost.flatMap(({ from, until = from }) => [from, until]),
      ]),
  ];
  const born = known[0] ?? 0;
  const looks = [...new Set(instants.filter((at) => at >= born).map((at) => lookAfter(at, beside.looks)))]
    .filter((at) => at <= beside.end)
    .toSorted(ascending);
  const should = expected({ facts, crews }, beside.pack, looks).at(-1)?.alerts ?? [];
  return differences(order, should, alerts);
}

/** Only the first hearing beyond each limit can change a verdict. */
function relevant(device: Device, limits: readonly Ms[]): Device {
  const first = limits.flatMap((limit) => {
    const at = firstBeyond(device, limit);
    return at === undefined ? [] : [at];
  });
  return { ...device, hearings: [...new Set(first)].toSorted((a, b) => a.learnedAt - b.learnedAt) };
}

/** Hearings ascend in both times. */
function firstBeyond({ hearings }: Device, limit: Ms): Device['hearings'][number] | undefined {
  return hearings[firstWhere(hearings.length, (at) => (hearings[at]?.heardUpTo ?? 0) > limit)];
}

function turns({ warn, limit }: Clock, rule: Pack['rules'][number] | undefined): readonly Ms[] {
  const steps = [0, ...(rule?.escalateMs ?? []), ...(rule?.giveUpMs === undefined ? [] : [rule.giveUpMs])];
  return [Math.ceil(warn.to), ...steps.map((after) => Math.floor(limit.to + after) + 1)];
}

/** The server looks each second, and in between when something is due. */
function lookAfter(at: Ms, looks: readonly Ms[]): Ms {
  const second = Math.ceil(at / SECOND) * SECOND;
  const real = looks[firstWhere(looks.length, (index) => (looks[index] ?? 0) >= at)];
  return real === undefined ? second : Math.min(real, second);
}

/** The first index for which `holds`, which once true stays true. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function differences(order: string, should: readonly Alert[], does: readonly LoggedAlert[]): readonly string[] {
  const name = ({ rule, level, epoch }: Pick<Alert, 'rule' | 'epoch'> & { level: string }): string =>
    `${rule} ${level} of epoch ${epoch}`;
  const found = new Map(does.map((alert) => [name(alert), alert]));
  const wrong: string[] = [];
  for (const alert of should) {
    const real = found.get(name(alert));
    found.delete(name(alert));
    if (!real) wrong.push(`${name(alert)} is missing, should be ${alert.state}`);
    else if (real.state !== alert.state) wrong.push(`${name(alert)} is ${real.state}, should be ${alert.state}`);
    else if (Math.abs(real.raisedAt - alert.raisedAt) > SECOND)
      wrong.push(`${name(alert)} was raised at ${iso(real.raisedAt)}, should be ${iso(alert.raisedAt)}`);
  }
  for (const [left, { state }] of found) wrong.push(`${left} is ${state}, should not be`);
  return wrong.map((what) => `order ${order}: ${what}`);
}

const iso = (at: Ms): string => new Date(at).toISOString();
const ascending = (a: number, b: number): number => a - b;
