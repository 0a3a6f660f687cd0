import { idOf } from '../event/envelope.ts';
import { eventId, type WriterId } from '../ids.ts';
import type { Ack, Page, SyncAnswer } from '../sync/protocol.ts';
import type { Outbox, Own, StateChange } from './outbox.ts';
import { earlierName } from './ports.ts';
import type { Lost } from './views.ts';

/** Verdicts on what was pushed; a verdict on anything else is not ours to believe. */
export function ackedStates(answer: SyncAnswer, pushed: readonly Own[], writer: WriterId): StateChange[] {
  const asked = new Map(pushed.map(({ row }) => [row.n, row.state]));
  return answer.acks.flatMap((ack) => {
    const before = asked.get(ack.n);
    return before ? [{ writer, n: ack.n, state: { ...stateOf(ack, answer.epoch), ...earlierName(before) } }] : [];
  });
}

const stateOf = (ack: Ack, epoch: string): StateChange['state'] =>
  ack.is === 'held' ? { is: 'held', code: ack.code, ref: ack.ref } : { is: 'received', q: ack.q, epoch };

/** Own events that a page shows in the log, whatever was said of them before: a person may have released them there. */
export function coveredStates({ subjects, epoch }: Page, outbox: Outbox): StateChange[] {
  return subjects.flatMap(({ events }) =>
    events.flatMap(({ event, hash, q }): StateChange[] => {
      const row = outbox.get(idOf(event))?.row;
      if (row?.hash !== hash || row.state.is === 'received') return [];
      return [{ writer: row.writer, n: row.n, state: { is: 'received', q, epoch, ...earlierName(row.state) } }];
    }),
  );
}

/** Does the server ask for a number this page has not read? Another page of this origin may have recorded it. */
export const missing = ({ need }: SyncAnswer, outbox: Outbox, writer: WriterId): boolean =>
  need.some(([first, end]) => !outbox.get(eventId(writer, first)) || !outbox.get(eventId(writer, end)));

/** Numbers the server misses: what is here is sent again, what is not is said to be lost (I11). */
export function needed(
  answer: SyncAnswer,
  outbox: Outbox,
  writer: WriterId,
  counter: number,
): { resend: StateChange[]; lost: Lost[] } {
  const resend: StateChange[] = [];
  const lost: Lost[] = [];
  for (const [first, end] of answer.need)
    for (let n = first; n <= Math.min(end, counter); n += 1) {
      const state = outbox.get(eventId(writer, n))?.row.state;
      if (state?.is === 'received' || state?.is === 'held')
        resend.push({ writer, n, state: { is: 'waiting', tries: 0, ...earlierName(state) } });
      if (state) continue;
      const last = lost.at(-1);
      if (last?.to === n - 1) lost.splice(-1, 1, { ...last, to: n });
      else lost.push({ writer, from: n, to: n });
    }
  return { resend, lost };
}
