import { createHash } from 'node:crypto';

import { envelopeText } from '#shared/event/envelope.ts';

import type { LogLine } from '../../../server/store/log-pages.ts';
import { lineId, type Check } from './indexed.ts';

/** What is left of each event whose texts were redacted, by its id: the hash the redaction names. */
export const redactedIn = (lines: readonly LogLine[]): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap(({ event }) =>
      event.kind === 'redacted'
        ? (event.data['events'] as { id: string; leaves: string }[]).map(({ id, leaves }) => [id, leaves] as const)
        : [],
    ),
  );

/** I4: what was redacted is nowhere any more as it was: not in the log, quarantine, a cache or an outbox. */
export const redactedIsGone: Check = ({ last, machines, quarantine }) => {
  const leaves = redactedIn(last.lines);
  if (leaves.size === 0) return [];
  const whole = (id: string, text: string): boolean => leaves.has(id) && sha256(text) !== leaves.get(id);
  const lines = last.lines.filter((line) => whole(lineId(line), line.text));
  const places = new Set(lines.map(({ q }) => q));
  for (const [id] of leaves) places.add(last.byId.get(id)?.q ?? -1);
  return [
    ...lines.map((line) => `the log still says ${lineId(line)}`),
    ...quarantine.flatMap(({ raw, releasedQ, writer, n }) =>
      raw !== '' && releasedQ !== null && places.has(releasedQ) ? [`quarantine still says ${writer}-${n}`] : [],
    ),
    ...machines.flatMap(({ machine, rows, cache }) => [
      ...rows.flatMap(({ writer, n, bytes, hash }) =>
        last.byId.get(`${writer}-${n}`)?.hash === hash && whole(`${writer}-${n}`, bytes)
          ? [`the outbox of machine ${machine} still says ${writer}-${n}`]
          : [],
      ),
      ...cache.records.flatMap(({ events }) =>
        events.flatMap(({ event }) =>
          whole(`${event.writer}-${event.n}`, envelopeText(event))
            ? [`the cache of machine ${machine} still says ${event.writer}-${event.n}`]
            : [],
        ),
      ),
    ]),
  ];
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
