import type { Json } from '../canonical.ts';
import { envelopeText, type Envelope } from '../event/envelope.ts';

/** What stands where a text had to stay. */
export const ERASED = '—';

/**
 * What people type or sign, by kind: what becomes of each member. `null`: it goes. Where the job was (address, point), whose
 * crew, times and codes stay: clocks, reports and the map hang on them.
 */
const PERSONAL: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  reported: { customer: null, words: null },
  amended: { words: null, reason: ERASED },
  merged: { reason: ERASED },
  unmerged: { reason: ERASED },
  endedAtIntake: { note: null },
  cancelled: { reason: ERASED },
  reopened: { reason: ERASED },
  dispatched: { note: null },
  recalled: { reason: ERASED },
  reassigned: { reason: ERASED },
  urged: { words: null },
  returned: { note: null },
  urgeAnswered: { note: null },
  diagnosed: { cause: ERASED },
  explained: { why: ERASED },
  suspended: { note: null },
  signed: { name: null, shown: [], strokes: [[0, 0]] },
  noted: { text: ERASED },
  submitted: { note: null },
  etrSet: { reason: null },
  timeAccepted: { reason: ERASED },
  visited: { note: null },
  closed: { note: null },
  alertAcknowledged: { reason: ERASED },
};

/** The event without what people typed or signed, or null: there is nothing of that in it. Its id and place stay. */
export function erased(event: Envelope): Envelope | null {
  const rules = PERSONAL[event.kind] ?? {};
  const data = Object.fromEntries(
    Object.entries(event.data).flatMap(([name, value]): [string, unknown][] => {
      const rule = rules[name];
      if (rule === undefined) return [[name, value]];
      return rule === null ? [] : [[name, rule]];
    }),
  );
  const after = { ...event, data };
  return envelopeText(after) === envelopeText(event) ? null : after;
}
