import type { Envelope } from '#shared/event/envelope.ts';

import { tapName, type Exchange, type MachineTrace, type ServerLog, type TapName } from '../history.ts';
import type { Check } from './indexed.ts';

/** C10: the true moment of each tap lies within its bounds, and within what grade A and B say of their estimate. */
export const timesAreTrue: Check = ({ last, saved }) =>
  saved.flatMap(({ tap, id, at }) => {
    const line = last.byTap.get(tap)?.[0];
    if (!line) return [];
    const { lo, hi, est, e, grade, why } = line.time;
    const says = `${id} at ${new Date(at).toISOString()} (grade ${grade}, ${why ?? 'no reason'})`;
    if (at < lo || at > hi) return [`${says} lies outside ${lo - at} … ${hi - at} ms of it`];
    return grade === 'A' && Math.abs(est - at) > e + ROUNDING_MS
      ? [`${says} is off by ${est - at} ms, said to be ± ${e}`]
      : [];
  });

const ROUNDING_MS = 1;

/**
 * I25: once a writer counts as heard up to a moment, nothing it made before that is on its way: it is in the log, or the
 * server said that it holds it. Left out is what was tapped under a name that two copies of an outbox still shared: until one
 * of them has spoken nobody can know of the other.
 */
export const knowledgeIsTrue: Check = ({ heard, indexed, logs, machines, saved, wire }) => {
  const shared = sharedNames(machines);
  const heldFrom = withBackups(firstHeld(wire), logs);
  return saved.flatMap(({ tap, id, at, machine }) => {
    if (shared.get(machine)?.has(id.split('-')[0] ?? '')) return [];
    return indexed.flatMap(({ byTap }, log) => {
      const line = byTap.get(tap)?.[0];
      const early = line && heard.find((one) => one.log === log && one.writer === line.event.writer && one.upTo > at);
      const isNew = line && (log === 0 || !indexed[log - 1]?.byTap.has(tap));
      const custody = Math.min(
        line?.rcv ?? Number.POSITIVE_INFINITY,
        heldFrom.get(`${log} ${tap}`) ?? Number.POSITIVE_INFINITY,
      );
      return early && isNew && early.at < custody
        ? [
            `${id}, tapped ${new Date(at).toISOString()}, was on its way when its writer counted as heard up to ${new Date(early.upTo).toISOString()}`,
          ]
        : [];
    });
  });
};

/**
 * I25: what was called saved and was evicted before anybody else had it is not covered by what counts as heard: that would
 * say that it never was. Left out is the same as above.
 */
export const lossIsNotHeard: Check = ({ heard, indexed, held, machines, saved, wire }) => {
  const shared = sharedNames(machines);
  const heldFrom = firstHeld(wire);
  const rows = new Set(machines.flatMap((one) => one.rows.map(({ bytes }) => tapOfRow(bytes))));
  return saved.flatMap(({ tap, id, at, machine }) => {
    const [writer = ''] = id.split('-');
    const somewhere =
      held.has(tap) ||
      rows.has(tap) ||
      indexed.some(({ byTap }, log) => byTap.has(tap) || heldFrom.has(`${log} ${tap}`)) ||
      shared.get(machine)?.has(writer);
    const early = somewhere ? undefined : heard.find((one) => one.writer === writer && one.upTo > at);
    return early
      ? [
          `${id}, tapped ${new Date(at).toISOString()}, is lost, and its writer counts as heard up to ${new Date(early.upTo).toISOString()}`,
        ]
      : [];
  });
};

/** When the server first said of a tap that it holds it, or gathered it after a restore, by history and tap. */
function firstHeld(wire: readonly Exchange[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { answer, request, log, at } of wire) {
    if (!answer) continue;
    const held = new Set(answer.acks.flatMap((ack) => (ack.is === 'held' ? [ack.n] : [])));
    const gathered = answer.gathering !== undefined && answer.page === null;
    for (const { event } of held.size > 0 || gathered ? (request.push as { event: Envelope }[]) : []) {
      const key = `${log} ${tapName(event.clock)}`;
      if (gathered || held.has(event.n)) first.set(key, Math.min(first.get(key) ?? at, at));
    }
  }
  return first;
}

/** And what lay in quarantine when the backup was made that a history began with: the server held it all along. */
function withBackups(heldFrom: ReadonlyMap<string, number>, logs: readonly ServerLog[]): ReadonlyMap<string, number> {
  const first = new Map(heldFrom);
  for (const [log, { from }] of logs.entries())
    for (const [key, at] of from ? [...first] : []) {
      const [of, tap] = key.split(' ');
      if (Number(of) === from?.log && at < from.at) first.set(`${log} ${tap}`, at);
    }
  return first;
}

/** By machine: the names that it and a copy of it, or what it is a copy of, both wrote under. */
function sharedNames(machines: readonly MachineTrace[]): ReadonlyMap<number, ReadonlySet<string>> {
  const names = new Map(
    machines.map(({ machine, disk }) => [
      machine,
      new Set(disk.flatMap((step) => (step.is === 'begin' ? [String(step.writer)] : []))),
    ]),
  );
  const shared = new Map<number, Set<string>>();
  for (const { machine, cloneOf } of machines)
    for (const name of (cloneOf === null ? undefined : names.get(cloneOf)) ?? [])
      if (cloneOf !== null && names.get(machine)?.has(name))
        for (const one of [machine, cloneOf]) shared.set(one, (shared.get(one) ?? new Set()).add(name));
  return shared;
}

const tapOfRow = (bytes: string): TapName =>
  tapName((JSON.parse(bytes) as { clock: { page: string; mono: number } }).clock);
