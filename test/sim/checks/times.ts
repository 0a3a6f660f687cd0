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
 * I25: once a writer counts as heard up to a moment, nothing it made before that is on its way. Copies of an outbox write
 * under one name and cannot know of each other, so they are left out.
 */
export const knowledgeIsTrue: Check = ({ heard, indexed, machines, saved }) => {
  const copied = new Set(machines.flatMap(({ cloneOf, machine }) => (cloneOf === null ? [] : [cloneOf, machine])));
  return saved.flatMap(({ tap, id, at, machine }) => {
    if (copied.has(machine)) return [];
    return indexed.flatMap(({ byTap }, log) => {
      const line = byTap.get(tap)?.[0];
      const early = line && heard.find((one) => one.log === log && one.writer === line.event.writer && one.upTo > at);
      const isNew = line && (log === 0 || !indexed[log - 1]?.byTap.has(tap));
      return early && isNew && early.at < line.rcv
        ? [
            `${id}, tapped ${new Date(at).toISOString()}, was on its way when its writer counted as heard up to ${new Date(early.upTo).toISOString()}`,
          ]
        : [];
    });
  });
};
