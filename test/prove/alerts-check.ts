import type { GivenOrder } from './given-orders.ts';

/** One line of `relight log --ndjson --data`, as far as the check reads it. */
export type LogLine = {
  readonly q: number;
  readonly subject: string;
  readonly kind: string;
  readonly rcv: number;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** The log grew to `q`: first seen at `at`, true time, ms, by somebody beside the server. */
export type Sighting = { readonly q: number; readonly at: number };

/** The server could do nothing from when to when: dead, or stopped. True time, ms. */
export type Outage = { readonly why: 'kill' | 'pause'; readonly from: number; readonly to: number };

export type AlertHistory = {
  readonly orders: readonly GivenOrder[];
  readonly log: readonly LogLine[];
  readonly sightings: readonly Sighting[];
  readonly outages: readonly Outage[];
  /** When the engine first knew of the orders, and when the run ended. */
  readonly from: number;
  readonly to: number;
};

/** How late a missed limit was told, ms, by what kept the engine from it meanwhile. */
export type Lateness = { readonly calm: number[]; readonly kill: number[]; readonly pause: number[] };

/** What is wrong, each in words. */
type Wrong = {
  readonly missed: string[];
  readonly doubled: string[];
  readonly early: string[];
  readonly late: string[];
  /** Receipts that are not the time at which they were written. */
  readonly clock: string[];
  /** Late ones that do not say how late they are. */
  readonly unmarked: string[];
};

export type AlertFindings = { readonly wrong: Wrong; readonly lateness: Lateness; readonly alerts: number };

/** What the engine may take when nothing keeps it from its work, ms. */
const PROMPT_MS = 2_000;
/** Later than this, an alert has to say so. */
const SAYS_SO_MS = 5_000;
/** A warning is due for certain only if there was time enough for it before the limit. */
const ROOM_MS = 60_000;
/** Between writing a receipt and seeing it lie a commit and one look; the machine is shared. */
const SEEN_WITHIN_MS = 3_000;

/** Judges what was raised from the raw log, knowing only which orders there were and what was done to the server. */
export function checkAlerts(history: AlertHistory): AlertFindings {
  const { orders, log, outages, from, to } = history;
  const seenAt = sightingOf(history.sightings);
  const subjects = new Map(log.flatMap((line) => (line.kind === 'reported' ? [[keyOf(line), line.subject]] : [])));
  const wrong: Wrong = { missed: [], doubled: [], early: [], late: [], clock: [], unmarked: [] };
  const lateness: Lateness = { calm: [], kill: [], pause: [] };
  const raised = new Map<string, LogLine>();
  for (const line of log.filter(({ kind }) => kind === 'alertRaised')) {
    const { rule, level, epoch, limit } = line.data as { rule: string; level: string; epoch: number; limit: number };
    const id = `${line.subject} ${rule} ${level} ${epoch}`;
    if (raised.has(id)) wrong.doubled.push(`${id} at q ${raised.get(id)?.q} and ${line.q}`);
    else raised.set(id, line);
    const seen = seenAt(line.q);
    if (level !== 'soon' && seen <= limit) wrong.early.push(`${id}: ${limit - seen} ms before its limit`);
    const off = seen - line.rcv;
    if (off < -1_000 || off > SEEN_WITHIN_MS + outageWithin(outages, line.rcv, seen).ms)
      wrong.clock.push(`${id}: received at ${line.rcv}, seen at ${seen}`);
  }
  for (const order of orders) {
    const subject = subjects.get(order.key);
    if (subject === undefined) throw new Error(`order ${order.key} is not in the log`);
    const soon = raised.get(`${subject} arrival soon 1`);
    const missed = raised.get(`${subject} arrival missed 1`);
    if (soon && seenAt(soon.q) < order.warn) wrong.early.push(`${order.key}: warned before it was due`);
    if (!soon && order.limit < to && roomFor(order, from, outages) >= ROOM_MS)
      wrong.missed.push(`${order.key}: never warned`);
    if (missed) judgeLateness({ wrong, lateness }, { order, seen: seenAt(missed.q), missed, outages });
    else if (order.limit < to - PROMPT_MS) wrong.missed.push(`${order.key}: its limit passed and nobody was told`);
    if (missed && seenAt(missed.q) <= order.limit) wrong.early.push(`${order.key}: missed before its limit`);
  }
  return { wrong, lateness, alerts: raised.size };
}

type Judging = {
  readonly order: GivenOrder;
  readonly seen: number;
  readonly missed: LogLine;
  readonly outages: readonly Outage[];
};

/** How long the server was there between the moment to warn and the limit. */
function roomFor({ warn, limit }: GivenOrder, from: number, outages: readonly Outage[]): number {
  const due = Math.max(warn, from);
  return limit - due - outageWithin(outages, due, limit).ms;
}

type Judged = Pick<AlertFindings, 'wrong' | 'lateness'>;

function judgeLateness({ wrong, lateness }: Judged, { order, seen, missed, outages }: Judging): void {
  const late = seen - order.limit;
  const { ms, why } = outageWithin(outages, order.limit, seen);
  lateness[why ?? 'calm'].push(late);
  // A pause is measured from outside; for a kill, the restart is part of it.
  if (why === 'pause' && late > ms + PROMPT_MS)
    wrong.late.push(`${order.key}: told ${Math.round(late)} ms late, ${Math.round(ms)} ms of it stopped`);
  const says = typeof missed.data?.['late'] === 'number' ? missed.data['late'] : 0;
  if (Math.abs(says - (missed.rcv - order.limit)) > SEEN_WITHIN_MS && (says > 0 || late > SAYS_SO_MS + SEEN_WITHIN_MS))
    wrong.unmarked.push(`${order.key}: ${Math.round(late)} ms late, and says ${says}`);
}

/** For how long of this span the server could do nothing, and the weightier reason. */
function outageWithin(outages: readonly Outage[], from: number, to: number): { ms: number; why: Outage['why'] | null } {
  const within = outages.filter((one) => one.from < to && one.to > from);
  const ms = within.reduce((sum, one) => sum + Math.min(one.to, to) - Math.max(one.from, from), 0);
  const [first] = within.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  return { ms, why: first?.why ?? null };
}

/** When a position was first seen: with the first sighting that reaches it. */
function sightingOf(sightings: readonly Sighting[]): (q: number) => number {
  return (q) => {
    let [low, high] = [0, sightings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sightings[middle]!.q < q) low = middle + 1;
      else high = middle;
    }
    const found = sightings[low];
    if (!found) throw new Error(`nobody saw position ${q}`);
    return found.at;
  };
}

function keyOf(line: LogLine): string {
  const source = line.data?.['source'] as { readonly key: string } | undefined;
  return source?.key ?? '';
}
