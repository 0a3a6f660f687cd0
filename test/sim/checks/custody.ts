import type { Envelope } from '#shared/event/envelope.ts';

import { tapName, type DiskStep, type MachineTrace, type Saved, type TapName } from '../history.ts';
import { lineId, type Check, type Indexed } from './indexed.ts';

/**
 * C1: what was called saved lies in the log, in quarantine, or on its machine; once, and not in log and quarantine both.
 * What an eviction took may be gone if nobody else had it, and its user was told which numbers.
 */
export const savedIsKept: Check = (history) => {
  const here = new Map(
    history.machines.map((one) => [one.machine, new Set(one.rows.map(({ bytes }) => tapOfRow(bytes)))]),
  );
  return history.saved.flatMap((saved) => {
    const logged = history.last.byTap.get(saved.tap) ?? [];
    const held = history.held.get(saved.tap) ?? [];
    if (logged.length > 1) return [`${told(saved)} is in the log ${logged.length} times: ${logged.map(lineId).join()}`];
    if (logged.length === 1 && held.length > 0) return [`${told(saved)} is in the log and held (${held.join()})`];
    if (logged.length === 1 && logged[0]?.hash !== saved.hash && logged[0]?.event.writer === saved.id.split('-')[0])
      return [`${told(saved)} is in the log with other bytes`];
    if (logged.length === 1 || held.length > 0) return [];
    if (here.get(saved.machine)?.has(saved.tap)) return [];
    return lossOf(history, saved);
  });
};

/** C2: what was acknowledged is in the log where the answer said, with the same bytes; after a restore it is there again. */
export const acknowledgedIsKept: Check = (history) =>
  history.wire.flatMap(({ answer, log, request, machine, at }) => {
    if (!answer) return [];
    const pushed = new Map(request.push.map((item) => [numberOf(item), item as Pushed]));
    return answer.acks.flatMap((ack) => {
      const item = pushed.get(ack.n);
      if (ack.is === 'held' || !item) return [];
      const id = `${item.event.writer}-${ack.n}`;
      const says = `${id}, acknowledged to machine ${machine} at q ${ack.q} on ${new Date(at).toISOString()}`;
      const then = history.indexed[log]?.byId.get(id);
      if (!then) return [`${says}, was never in that log`];
      if (then.q !== ack.q || then.hash !== item.hash)
        return [`${says}, lies at q ${then.q} with ${same(then.hash, item.hash)}`];
      const tap = tapName(item.event.clock);
      if (log === history.logs.length - 1 || history.last.byTap.has(tap)) return [];
      const gone = history.machines.some((one) => one.machine === machine && evictionsOf(one).length > 0);
      if (gone || history.held.get(tap)?.includes('forked')) return [];
      const { by } = item.event;
      if (history.held.has(tap) && (rightsLost(history) || cameLate(history, { machine, by, at, log }))) return [];
      return [`${says}, is not in the log after the restore (${history.held.get(tap)?.join() ?? 'nowhere'})`];
    });
  });

/** I3: nobody's work waits for a right that was there when it was recorded. A restore may have taken that. */
export const nobodyIsAStranger: Check = ({ quarantine, logs }) =>
  logs.length > 1
    ? []
    : quarantine.flatMap(({ writer, n, code, device, releasedQ }) =>
        releasedQ === null && (code === 'foreignWriter' || code === 'notAllowed')
          ? [`${writer ?? 'somebody'}-${n} of ${device} is held as ${code}`]
          : [],
      );

/** A restore took what only the server had written: who was in which crew, so that others may do less than they could. */
const rightsLost = ({ indexed, last }: Indexed): boolean =>
  indexed.some(({ lines }) => lines.some((line) => RIGHTS.has(line.event.kind) && !last.byId.has(lineId(line))));

type Work = { readonly machine: number; readonly by: string | null; readonly at: number; readonly log: number };

/**
 * The same for who came to a tablet by a code after the copy, and for a tablet that was let in again by one: neither that
 * nor the cookie it got is in any log.
 */
function cameLate({ machines, wire, logs }: Indexed, { machine, by, at, log }: Work): boolean {
  const steps = machines.find((one) => one.machine === machine)?.disk ?? [];
  const sessions = steps.flatMap((step) => (step.is === 'session' ? [{ ...step.session, at: step.at }] : []));
  const device = sessions.findLast((one) => one.at <= at && one.device !== undefined)?.device;
  const came = sessions.find(
    (one) => one.device === device && one.person && [one.person, ...(one.people ?? [])].some(({ id }) => id === by),
  );
  const wasOut = (from: number, to: number): boolean =>
    wire.some((one) => one.machine === machine && one.status === 401 && from <= one.at && one.at <= to);
  const letIn = sessions.filter((one, index) => {
    const before = sessions[index - 1];
    return one.device === device && (before?.device === undefined || wasOut(before.at, one.at));
  });
  return logs.some(({ from }, index) => {
    if (index <= log || came === undefined) return false;
    const copied = from ? (logs[from.log]?.lines[from.q - 1]?.rcv ?? 0) : Infinity;
    const restored = wire.find((one) => one.log === index)?.at ?? Infinity;
    return came.at > copied || letIn.some((one) => one.at > copied && one.at <= restored);
  });
}

const RIGHTS: ReadonlySet<string> = new Set(['joinedCrew', 'leftCrew']);

type Pushed = { readonly event: Envelope; readonly hash: string };

const numberOf = (item: unknown): number => (item as Pushed).event.n;

const same = (a: string, b: string): string => (a === b ? 'the same bytes' : 'other bytes');

const told = ({ id, kind, machine, at }: Saved): string =>
  `${id} (${kind}, machine ${machine}, ${new Date(at).toISOString()})`;

type Eviction = Extract<DiskStep, { is: 'lostAll' }>;

const evictionsOf = ({ disk }: MachineTrace): readonly Eviction[] => disk.filter((step) => step.is === 'lostAll');

/** Gone: was it taken by an eviction before anybody else had it, and was that said? */
function lossOf(history: Indexed, saved: Saved): readonly string[] {
  const machine = history.machines[saved.machine];
  const eviction =
    machine && evictionsOf(machine).find(({ rows }) => rows.some(({ bytes }) => tapOfRow(bytes) === saved.tap));
  const row = eviction?.rows.find(({ bytes }) => tapOfRow(bytes) === saved.tap);
  if (!machine || !eviction || !row) return [`${told(saved)} is nowhere`];
  // The server had it, in log or quarantine, when it was evicted; a restore took it from there afterwards.
  const wasReceived = row.state.is === 'received' || row.state.is === 'held';
  const restored = history.logs.length > 1;
  if (wasReceived && !restored) return [`${told(saved)} was received and is nowhere`];
  const known = machine.told.some(({ writer, from, to }) => writer === row.writer && from <= row.n && row.n <= to);
  if (eviction.mirrorToo || wasReceived || known) return [];
  return [`${told(saved)} was evicted unsent and nobody was told`];
}

const tapOfRow = (bytes: string): TapName => tapName((JSON.parse(bytes) as Envelope).clock);
