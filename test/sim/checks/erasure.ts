import type { OutboxRow, RowState } from '#shared/engine/ports.ts';

import { tapName, type MachineTrace } from '../history.ts';
import type { Check, Indexed } from './indexed.ts';

/**
 * C8: no transaction takes an event from an outbox unless a verified backup holds it, or it stays there under another name
 * (I10, I14).
 */
export const nothingProtectedIsErased: Check = (history) => {
  const safe = safeMarks(history);
  return history.machines.flatMap((machine) => erasedBy(machine, safe));
};

function erasedBy({ machine, disk }: MachineTrace, safe: ReadonlyMap<string, number>): readonly string[] {
  const rows = new Map<string, { readonly tap: string; state: RowState }>();
  const put = ({ writer, n, bytes, state }: OutboxRow): void =>
    void rows.set(`${writer}-${n}`, { tap: tapOf(bytes), state });
  return disk.flatMap((step) => {
    if (step.is === 'lostAll') rows.clear();
    if (step.is === 'append') put(step.row);
    if (step.is === 'states')
      for (const { writer, n, state } of step.changes) {
        const row = rows.get(`${writer}-${n}`);
        if (row) row.state = state;
      }
    if (step.is !== 'remove') return [];
    const gone = step.rows.flatMap(({ writer, n }) => {
      const row = rows.get(`${writer}-${n}`);
      rows.delete(`${writer}-${n}`);
      return row ? [{ id: `${writer}-${n}`, ...row }] : [];
    });
    const here = new Set([...rows.values()].map(({ tap }) => tap));
    return gone.flatMap(({ id, tap, state }) => {
      const isSafe = state.is === 'received' && state.q <= (safe.get(state.epoch) ?? 0);
      return isSafe || here.has(tap)
        ? []
        : [`machine ${machine} erased ${id}, which was ${state.is}, on ${new Date(step.at).toISOString()}`];
    });
  });
}

/** How far the server ever said that a backup holds its history. */
function safeMarks({ wire }: Indexed): ReadonlyMap<string, number> {
  const marks = new Map<string, number>();
  for (const { answer } of wire)
    if (answer?.safe != null) marks.set(answer.epoch, Math.max(answer.safe, marks.get(answer.epoch) ?? 0));
  return marks;
}

const tapOf = (bytes: string): string =>
  tapName((JSON.parse(bytes) as { clock: { page: string; mono: number } }).clock);
