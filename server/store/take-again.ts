import type { HeldCode } from '#shared/sync/protocol.ts';
import type { Receipt } from '#shared/time/derive-time.ts';

import type { HeldRow } from './held-rows.ts';
import type { EventTable, LogTables } from './log-tables.ts';
import type { LogView } from './log-view.ts';
import type { LogWriter } from './log-writer.ts';
import { copyOf } from './same-tap.ts';
import {
  accept,
  arrivalOf,
  isAltered,
  isForked,
  readable,
  wasLost,
  type Delivery,
  type Incoming,
  type IncomingEvent,
} from './take-batch.ts';

/** Something held that is to be judged again: `item` is what its raw text reads as now. */
export type Again = { readonly row: HeldRow; readonly item: Incoming };

/** Says why it may still not enter the log, or null. Runs inside the transaction. `lost`: as in `Decide`. */
export type DecideAgain = (row: HeldRow, item: IncomingEvent, view: LogView, lost: boolean) => HeldCode | null;

/** `released`: it lies in the log at `q`. `copy`: it lay there before, under another name. */
export type JudgedAgain =
  | { readonly id: number; readonly is: 'released'; readonly q: number; readonly copy?: true }
  | { readonly id: number; readonly is: 'held'; readonly code: HeldCode };

/** Judges again what is held, in this order. Each keeps the receipt it first came with, so its time says the same. */
export function takeAgain(
  tables: LogTables,
  log: LogWriter,
  batch: readonly Again[],
  decide: DecideAgain,
): JudgedAgain[] {
  return batch.map(({ row, item }) => {
    const { id } = row;
    const judged = judge({ tables, log, decide }, row, item);
    if (typeof judged === 'object') return { id, is: 'released', ...judged };
    tables.events.setHeldCode(id, judged);
    return { id, is: 'held', code: judged };
  });
}

type Judging = { readonly tables: LogTables; readonly log: LogWriter; readonly decide: DecideAgain };

/** Its position in the log, or why it has none. */
function judge({ tables, log, decide }: Judging, row: HeldRow, item: Incoming): Placed | HeldCode {
  if (item.is === 'held') return item.code;
  const { events } = tables;
  const { writer, n } = item.event;
  const { hash, was } = item;
  // It has another name by now, and enters the log under that.
  if (row.hash !== null && row.hash !== hash) return 'forked';
  const same = events.withNumber(writer, n);
  if (same && same.hash !== hash) return 'forked';
  // Of what was gathered a copy may be there only where a person has let one in.
  const copy =
    !same && (row.code !== 'gathering' || events.letIn(item.event.subject)) ? copyOf(events, item.event) : null;
  const code =
    same || copy !== null
      ? null
      : isForked(events, writer, n)
        ? 'forked'
        : isAltered(tables, item)
          ? 'badHash'
          : decide(row, item, log.view, wasLost(events, { lay: row.lay, seen: item.event.seen }));
  if (code) return code;
  const arrival = arrivalOf(tables, { device: row.device, receipt: receiptOf(events, row) });
  const receipt = (): number => row.receipt ?? arrival.receipt();
  const q = same?.q ?? copy ?? accept({ tables, log, ...arrival, receipt }, item);
  events.release({ writer, n, q, hash });
  if (was !== undefined) events.releaseFork({ device: row.device, hash: was, q });
  events.advance(writer);
  return { q, ...(copy === null ? {} : { copy: true }) };
}

type Placed = { readonly q: number; readonly copy?: true };

/** Keeps what clients hold until its turn comes; what the log has already is left out. */
export function gather(tables: LogTables, batch: readonly Incoming[], from: Delivery): void {
  const { events } = tables;
  const { device, receipt } = arrivalOf(tables, from);
  for (const item of batch) {
    if (item.is === 'held') continue;
    const { writer, n } = item.event;
    if (events.withNumber(writer, n)?.hash === item.hash) continue;
    const held = {
      device: item.recorder ?? device,
      writer,
      n,
      code: 'gathering',
      ...readable(item),
    } as const;
    events.hold({ ...held, receipt: receipt() }, from.receipt.server);
  }
}

/** The readings that brought it; without them nothing but the time of its receipt is known. */
function receiptOf(events: EventTable, row: HeldRow): Receipt {
  const kept = row.receipt === null ? null : events.receiptOf(row.receipt);
  if (!kept) return { server: row.rcv, reading: { wall: row.rcv, mono: 0, page: 'held' }, chain: [] };
  return { server: kept.received, reading: kept.reading, ...(kept.chain ? { chain: kept.chain } : {}) };
}
