import { canonical, type Json } from '#shared/canonical.ts';
import { asOrderId, type EventId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';

import { viewByBruteForce, type Eye, type Line } from '../../laws/view-oracle.ts';
import { lineId, type Check, type Indexed, type IndexedLog } from './indexed.ts';

/** C6: in the end each machine has what the brute-force view of its crew or desk has, event for event. */
export const viewsConverge: Check = (history) => {
  const lines = asLines(history.last);
  return history.machines.flatMap(({ machine, form, device, cache, state }) => {
    if (state !== 'idle') return [`machine ${machine} ended ${state}`];
    const eye: Eye = form === 'tablet' ? { form, device } : { form, device, unit: unitOf(history, machine) };
    const wanted = viewByBruteForce(lines, eye, history.last.lines.length);
    const records = new Map(cache.records.map((record) => [String(record.subject), record]));
    const { cursor } = cache.meta;
    const behind =
      cursor?.q === history.last.lines.length
        ? []
        : [`the cursor stands at ${cursor?.q} of ${history.last.lines.length}`];
    const missing = [...wanted].flatMap(([subject, { end, left }]) => {
      const record = records.get(subject);
      const qs = (history.last.bySubject.get(subject) ?? []).map(({ q }) => q).filter((q) => q <= end);
      if (!record) return left ? [] : [`${subject} is missing`];
      if (left === null && record.drop) return [`${subject} is shown as taken away`];
      if (left !== null && !record.drop) return [`${subject} is not shown as taken away`];
      const has = record.events.map(({ q }) => q).join();
      return has === qs.join() ? [] : [`${subject} has ${has} instead of ${qs.join()}`];
    });
    const extra = [...records.keys()].filter(
      (subject) => !wanted.has(subject) && records.get(subject)?.drop?.why !== 'archived',
    );
    return [...behind, ...missing, ...extra.map((subject) => `${subject} should not be there`)].map(
      (says) => `machine ${machine}: ${says}`,
    );
  });
};

/** C6: the server's projection is the fold of its log, and whoever shows an order shows the same bytes. */
export const statesConverge: Check = (history) => {
  const folded = new Map(
    [...history.last.bySubject].flatMap(([subject, events]) =>
      subject.startsWith('order:')
        ? [[subject, text(foldAll(asOrderId(subject.slice(6) as EventId), events))] as const]
        : [],
    ),
  );
  const server = [...folded].flatMap(([subject, state]) => {
    const projected = history.projected.get(subject);
    return projected !== undefined && text(JSON.parse(projected)) === state
      ? []
      : [`the server projects ${subject} otherwise than it folds`];
  });
  const machines = history.machines.flatMap(({ machine, shown, rows }) => {
    // What the server dies of is shown where it was recorded, and nowhere else.
    const poisoned = new Set<string>(
      rows.flatMap(({ bytes }) => (bytes.includes(history.poison) ? [subjectIn(bytes)] : [])),
    );
    return [...shown].flatMap(([subject, state]) =>
      folded.get(subject) === state || poisoned.has(subject)
        ? []
        : [`machine ${machine} shows ${subject} otherwise than its log`],
    );
  });
  return [...server, ...machines];
};

const subjectIn = (bytes: string): string => (JSON.parse(bytes) as { subject: string }).subject;

const text = (value: unknown): string => canonical(JSON.parse(JSON.stringify(value)) as Json);

const unitOf = ({ machines }: Indexed, machine: number): string => machines[machine]?.unit ?? '';

export const asLines = ({ lines }: IndexedLog): Line[] =>
  lines.map((line) => ({
    q: line.q,
    id: lineId(line),
    subject: line.event.subject,
    kind: line.event.kind,
    data: line.event.data,
  }));
