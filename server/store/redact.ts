import type { Draft } from '#shared/event/catalog.ts';
import { envelopeText, idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import { MOST_REDACTED } from '#shared/event/redaction.ts';
import { orderSubject, type EventId, type OrderId, type PersonId, type Subject } from '#shared/ids.ts';
import { erased } from '#shared/order/erase.ts';
import type { Order } from '#shared/order/order.ts';

import type { LogTables } from './log-tables.ts';
import type { LogWriter } from './log-writer.ts';
import { nativeSha256 } from './native-sha256.ts';

type Pen = {
  /** Writes an event of the server's own. */
  readonly record: (draft: Draft, of: { readonly subject: Subject; readonly by: PersonId | null }) => LoggedEvent;
  /** Puts the order that these events make in the place of the one that is known. */
  readonly refold: (id: OrderId, events: readonly LoggedEvent[]) => Order;
};

type Marked = {
  readonly before: LoggedEvent;
  readonly after: LoggedEvent;
  readonly text: string;
  readonly leaves: string;
};

/**
 * Erases texts in the log and wherever this database has them once more: quarantine, the folded order with its search text,
 * why it was taken from a crew. The event that says so comes first and names the hash of what is left (I4).
 */
export const createRedact =
  ({ events, redactions, scopes }: LogTables, { record, refold }: Pen): LogWriter['redact'] =>
  ({ order, events: wanted, reason, by }) => {
    const subject = orderSubject(order);
    const all = events.of(subject);
    const marked = all
      .filter(({ event }) => wanted === null || wanted.includes(idOf(event)))
      .map(withoutTexts)
      .filter(({ before, leaves }) => leaves !== before.hash && (redactions.get(before.hash)?.q ?? null) === null);
    if (marked.length === 0) return [];
    const told: LoggedEvent[] = [];
    for (let at = 0; at < marked.length; at += MOST_REDACTED) {
      const some = marked.slice(at, at + MOST_REDACTED);
      const named = some.map(({ before, leaves }) => ({ id: idOf(before.event), leaves }));
      const made = record({ kind: 'redacted', data: { events: named, reason } }, { subject, by });
      told.push(made);
      for (const { before, text, leaves } of some) {
        const { q: place, hash } = before;
        events.erase({ q: place, hash, text });
        redactions.put({ hash, event: idOf(before.event), subject, leaves, reason, by, at: place, q: made.q });
      }
    }
    const left = new Map<EventId, LoggedEvent>(marked.map(({ after }) => [idOf(after.event), after]));
    const { holdings } = refold(order, [...all.map((one) => left.get(idOf(one.event)) ?? one), ...told]);
    for (const { end } of holdings) if (end && end.q !== null) scopes.reword({ subject, q: end.q, reason: end.reason });
    return [...left.keys()];
  };

function withoutTexts(before: LoggedEvent): Marked {
  const after = { ...before, event: erased(before.event) ?? before.event };
  const text = envelopeText(after.event);
  return { before, after, text, leaves: nativeSha256(text) };
}
