import {
  readTabletFile,
  type TabletFile,
  type TabletFileAnswer,
  type TabletFileAsk,
  type TabletFileFault,
} from '#shared/api/tablet-file.ts';
import { subjectOf, type DeviceId, type PersonId, type UnitId, type WriterId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import { PushItem, type Ack } from '#shared/sync/protocol.ts';

import type { Clock } from '../device/clock.ts';
import type { DeviceRow } from '../store/organisation.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';
import { earlierDevices } from './earlier-devices.ts';
import type { Enrolment, Record } from './enrolment.ts';
import type { Bringer, Ingest } from './ingest.ts';
import { unitAndBelow } from './unit-subtree.ts';

/**
 * Takes in what a tablet could not send, from a file that somebody carried to a desk: the way of a push and with the
 * rights of the tablet, not of the desk. The tablet does not count as heard by it (I25).
 */
export type TabletFiles = (asker: Asker, ask: TabletFileAsk, text: string) => Promise<TabletFileAnswer>;

type Deps = {
  readonly store: Pick<Store, 'log' | 'roster'>;
  readonly ingest: Ingest;
  readonly enrolment: Enrolment;
  readonly record: Record;
  readonly clock: Clock;
  /** Told after what came into the log. */
  readonly announce: () => Promise<void>;
};

export function createTabletFiles({ store, ingest, enrolment, record, clock, announce }: Deps): TabletFiles {
  const { log, roster } = store;

  /** A later outbox may never have been told to the server (I3); its name begins with its device's. */
  const deviceOf = async (writer: WriterId): Promise<DeviceRow | null> => {
    const id = (await roster.deviceOf(writer)) ?? (await firstWith(writer));
    return id === null ? null : roster.device(id);
  };
  const firstWith = (writer: WriterId): Promise<DeviceId | null> =>
    // oxlint-disable-next-line typescript/consistent-type-assertions -- the first three letters of a name are a name
    roster.deviceOf(writer.slice(0, 3) as WriterId);

  /** The desk's own tablet, or null: another unit's is as if it were not there. */
  const tabletOf = async (asker: Asker, file: TabletFile): Promise<Bringer | null> => {
    const rows = await Promise.all(file.head.writers.map(({ writer }) => deviceOf(writer)));
    const said = file.head.device === null ? rows : [await roster.device(file.head.device)];
    // One file is of one tablet, which may have been enrolled anew: then each event has the rights of what it was then.
    const lines = await Promise.all(said.map((one) => lineTo(one, rows)));
    const found = lines.find((one) => one !== null);
    if (!found) return null;
    const { device, earlier } = found;
    const crew = device.crew === null ? null : await roster.crew(device.crew);
    const unit = crew?.unit ?? (await unitOfPerson(file.head.person?.id ?? null));
    if (unit === null || !unitAndBelow(await roster.units(), asker.unit).includes(unit)) return null;
    const { id, writers, blocked } = device;
    return { device: id, writers, earlier, blocked, crew: crew?.id ?? null, unit, person: null, role: 'crew' };
  };
  /** Is every row this device, or one that it was before? */
  const lineTo = async (device: DeviceRow | null, rows: readonly (DeviceRow | null)[]) => {
    if (!device) return null;
    const earlier = await earlierDevices(roster, device);
    const line = new Set([device, ...earlier].map(({ id }) => id));
    return rows.every((row) => row !== null && line.has(row.id)) ? { device, earlier } : null;
  };
  const unitOfPerson = async (id: PersonId | null): Promise<UnitId | null> =>
    (id === null ? null : await roster.person(id))?.unit ?? null;

  /** Numbers of each outbox that the server has not got. */
  const missingOf = async ({ head }: TabletFile): Promise<Missing> => {
    const ranges = new Map<WriterId, readonly (readonly [number, number])[]>();
    for (const { writer, hiN } of head.writers) ranges.set(writer, await log.need(writer, hiN));
    return ({ writer, n }) => ranges.get(writer)?.some(([from, to]) => from <= n && n <= to) ?? true;
  };

  const take = async (
    asker: Asker,
    file: TabletFile,
    tablet: Bringer,
  ): Promise<Result<readonly Ack[], 'gathering'>> => {
    const missing = await missingOf(file);
    const { head, items, sum } = file;
    const news = items.flatMap(eventIn).filter(missing);
    // Written down first: whatever breaks off behind this, nothing came in unmarked.
    if (news.length > 0 && (await log.head()).gatherUntil === null) {
      const data = { sum, madeAt: head.madeAt, ranges: rangesOf(news) };
      await record(
        [{ subject: subjectOf('device', tablet.device), draft: { kind: 'broughtByFile', data } }],
        asker.person,
      );
    }
    const known = await register(
      tablet,
      head.writers.map(({ writer }) => writer),
      asker.person,
    );
    const acks: Ack[] = [];
    for (let at = 0; at < items.length; at += AT_ONCE) {
      const push = items.slice(at, at + AT_ONCE);
      const { writer = head.writers[0]?.writer } = push.flatMap(eventIn)[0] ?? {};
      if (writer === undefined) break;
      const brought = await ingest(
        { ...tablet, ...known },
        { ...REQUEST, writer, push: [...push], clock: head.clock, marks: head.marks },
        clock(),
      );
      if (brought.gathering !== null) return err('gathering');
      acks.push(...brought.acks);
    }
    return ok(acks);
  };

  /** Gives the names that the tablet speaks under, once those of this file are known. */
  const register = async (
    tablet: Bringer,
    names: readonly WriterId[],
    by: PersonId,
  ): Promise<Pick<Bringer, 'writers' | 'earlier'>> => {
    for (const name of names) {
      const device = (await roster.deviceOf(name)) === null ? await deviceOf(name) : null;
      if (device) await enrolment.register(device, name, by);
    }
    const device = await roster.device(tablet.device);
    return device ? { writers: device.writers, earlier: await earlierDevices(roster, device) } : tablet;
  };

  return async (asker, { act }, text) => {
    const read = readTabletFile(text);
    if (!read.ok) return { is: 'refused', ...faultOf(read.error) };
    const file = read.value;
    const events = file.items.flatMap(eventIn);
    const [writer] = file.head.writers;
    if (file.items.length === 0 || !writer) return refused('empty');
    const tablet = await tabletOf(asker, file);
    if (!tablet) return refused('unknownTablet');
    const missing = await missingOf(file);
    const walls = events.map(({ clock: { wall } }) => wall);
    const seen = {
      is: 'file',
      tablet: tablet.writers[0] ?? writer.writer,
      blocked: tablet.blocked,
      crew: file.head.crew?.name ?? null,
      person: file.head.person?.name ?? null,
      madeAt: file.head.madeAt,
      from: walls.length === 0 ? null : walls.reduce((a, b) => Math.min(a, b)),
      to: walls.length === 0 ? null : walls.reduce((a, b) => Math.max(a, b)),
      orders: new Set(events.flatMap(({ subject }) => (subject.startsWith('order:') ? [subject] : []))).size,
      events: file.items.length,
    } as const;
    const known = events.filter((event) => !missing(event)).length;
    if (act === 'look') return { ...seen, known, taken: null, held: null };
    const acks = await take(asker, file, tablet);
    if (!acks.ok) return refused(acks.error);
    await announce();
    const count = (is: Ack['is']): number => acks.value.filter((ack) => ack.is === is).length;
    return { ...seen, known: count('dup'), taken: count('ok'), held: heldBy(acks.value) };
  };
}

/** What one transaction takes at most: others are waiting. */
const AT_ONCE = LIMITS.pushEvents;

/** A push without a question: who asks is not the tablet. */
const REQUEST = {
  proto: 1,
  req: 'file',
  app: 'file',
  cursor: null,
  pull: false,
  hiN: 0,
  openTaps: 0,
  parked: 0,
} as const;

type Numbered = Pick<PushItem['event'], 'writer' | 'n' | 'clock' | 'subject'>;
type Missing = (event: Pick<Numbered, 'writer' | 'n'>) => boolean;

function eventIn(item: unknown): readonly Numbered[] {
  const read = PushItem.safeParse(item);
  return read.success ? [read.data.event] : [];
}

function rangesOf(events: readonly Numbered[]): { writer: WriterId; from: number; to: number }[] {
  const ranges: { writer: WriterId; from: number; to: number }[] = [];
  const sorted = events.toSorted((a, b) => (a.writer === b.writer ? a.n - b.n : a.writer < b.writer ? -1 : 1));
  for (const { writer, n } of sorted) {
    const last = ranges.at(-1);
    if (last?.writer === writer && n <= last.to + 1) last.to = n;
    else ranges.push({ writer, from: n, to: n });
  }
  return ranges.slice(0, MOST_RANGES);
}

const MOST_RANGES = 100;

function heldBy(acks: readonly Ack[]) {
  const counts = new Map<Extract<Ack, { is: 'held' }>['code'], number>();
  for (const ack of acks) if (ack.is === 'held') counts.set(ack.code, (counts.get(ack.code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count }));
}

const faultOf = ({ why, line, field }: TabletFileFault) => ({ why, line, field });

const refused = (why: Extract<TabletFileAnswer, { is: 'refused' }>['why']): TabletFileAnswer => ({
  is: 'refused',
  why,
  line: null,
  field: null,
});
