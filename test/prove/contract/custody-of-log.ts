import type { Saved } from './field-device.ts';

/** One line of `relight log --ndjson --data`, as far as the check reads it. */
export type Logged = {
  readonly q: number;
  readonly writer: string;
  readonly n: number;
  readonly subject: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type CustodyHistory = {
  /** What each outbox said to be saved, in its order. */
  readonly saved: readonly Saved[];
  readonly log: readonly Logged[];
  /** The log before the machine died, if it did, and how much of it the backup had. */
  readonly before?: { readonly log: readonly Logged[]; readonly backupQ: number };
  /** References in quarantine that no person and no device has got out. */
  readonly held: readonly string[];
  /** Ids that were handed over while the restored server gathered. */
  readonly gathered?: readonly string[];
};

/** What is wrong, each in words. */
export type CustodyFindings = {
  readonly lost: string[];
  readonly doubled: string[];
  readonly misplaced: string[];
  readonly disordered: string[];
  readonly gaps: string[];
  readonly held: string[];
};

/** Judges raw histories: what was saved on a device lies in the log once, about what it was about, in its order. */
export function checkCustody(history: CustodyHistory): CustodyFindings {
  const { log, saved } = history;
  const found: CustodyFindings = { lost: [], doubled: [], misplaced: [], disordered: [], gaps: [], held: [] };
  for (const [index, { q }] of log.entries()) if (q !== index + 1) found.gaps.push(`position ${index + 1} is ${q}`);
  const ids = new Set<string>();
  for (const line of log) {
    if (ids.has(idOf(line))) found.doubled.push(`the id ${idOf(line)} is there twice`);
    ids.add(idOf(line));
  }
  // What was written on a device is unique text; dispatching says nothing of its own and is known by its id.
  const byText = new Map<string, Logged[]>();
  for (const line of log) {
    const text = textOf(line);
    if (text !== null) byText.set(text, [...(byText.get(text) ?? []), line]);
  }
  const addressOf = new Map(log.flatMap((line) => (line.kind === 'reported' ? [[line.subject, textOf(line)]] : [])));
  const last = new Map<string, { q: number; text: string }>();
  for (const { device, id, text, about: said } of saved) {
    if (text === null) {
      if (!history.before || ids.has(id)) continue;
      found.lost.push(`${id} of ${device}`);
      continue;
    }
    const lines = byText.get(text) ?? [];
    if (lines.length === 0) found.lost.push(`${text} (${id})`);
    if (lines.length > 1) found.doubled.push(`${text} at ${lines.map(({ q }) => q).join(', ')}`);
    const [line] = lines;
    if (!line) continue;
    if (said !== null && addressOf.get(line.subject) !== said)
      found.misplaced.push(`${text} was about ${said}, and lies at ${addressOf.get(line.subject) ?? line.subject}`);
    const about = `${device} ${line.subject}`;
    const before = last.get(about);
    if (before && before.q > line.q) found.disordered.push(`${before.text} came after ${text}`);
    last.set(about, { q: line.q, text });
  }
  if (history.before) checkOrder(history, found);
  found.held.push(...history.held);
  return found;
}

/** Of each order: what was in the log before, and was handed over in time, has its old order. */
function checkOrder({ before, log, gathered = [] }: CustodyHistory, found: CustodyFindings): void {
  if (!before) return;
  const prompt = new Set(gathered);
  const now = new Map(log.map((line) => [idOf(line), line.q]));
  const latest = new Map<string, number>();
  for (const line of before.log) {
    const id = idOf(line);
    if (line.q > before.backupQ && !prompt.has(id)) continue;
    const q = now.get(id);
    if (q === undefined) continue;
    if (line.q <= before.backupQ && q !== line.q) found.disordered.push(`${id} was at ${line.q} and is at ${q}`);
    if (q < (latest.get(line.subject) ?? 0)) found.disordered.push(`${id} was behind what it is now before`);
    latest.set(line.subject, Math.max(q, latest.get(line.subject) ?? 0));
  }
}

export const idOf = ({ writer, n }: Logged): string => `${writer}-${n}`;

function textOf({ kind, data }: Logged): string | null {
  const text = kind === 'reported' ? data['address'] : kind === 'noted' ? data['text'] : null;
  return typeof text === 'string' ? text : null;
}
