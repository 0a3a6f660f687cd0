import { lineId, type Check, type IndexedLog } from './indexed.ts';

/** C5: nothing lies before what its author had seen; and what one writer made stands in the order in which it was made. */
export const causesComeFirst: Check = (history) => {
  const disturbed = new Set([
    ...history.quarantine.map(({ writer }) => writer),
    ...history.wire.flatMap(({ request }) => (request.parked > 0 ? [String(request.writer)] : [])),
  ]);
  return history.indexed.flatMap((log, index) => [...early(log), ...(index === 0 ? swapped(log, disturbed) : [])]);
};

const early = ({ epoch, lines }: IndexedLog): readonly string[] =>
  lines.flatMap((line) => {
    const { seen } = line.event;
    return seen?.epoch === epoch && seen.q >= line.q
      ? [`${lineId(line)} lies at ${line.q} and had seen ${seen.q}`]
      : [];
  });

/** Where nothing was put aside or held. */
function swapped({ lines }: IndexedLog, disturbed: ReadonlySet<string | null>): readonly string[] {
  const last = new Map<string, number>();
  return lines.flatMap((line) => {
    const { writer, n } = line.event;
    const before = last.get(writer) ?? 0;
    last.set(writer, n);
    return n > before || disturbed.has(writer) ? [] : [`${lineId(line)} comes after ${writer}-${before}`];
  });
}
