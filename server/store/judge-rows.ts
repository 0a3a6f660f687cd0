import { orderSubject, type CrewId, type OrderId } from '#shared/ids.ts';
import { packFor, type Activation } from '#shared/sla/pack-for.ts';

import { devicesOfCrews } from './devices-of-crews.ts';
import type { AlertKey, LogTables } from './log-tables.ts';
import type { LogWriter } from './log-writer.ts';
import type { Judge, Judgement } from './overdue-store.ts';
import type { OnFault } from './projection.ts';
import { isStorageFailure } from './storage-failure.ts';

type Judging = { readonly judge: Judge; readonly packs: readonly Activation[]; readonly onFault: OnFault };

/** Reads each due order again, judges it and writes what follows; gives how many alert events were written. */
export function judgeRows(
  tables: LogTables,
  log: LogWriter,
  { ids, ...judging }: Judging & { readonly ids: readonly OrderId[] },
): number {
  const devicesOf = devicesOfCrews(tables.alerts.everInCrew);
  return ids.reduce((written, id) => written + look(tables, log, { ...judging, id, devicesOf }), 0);
}

type Looking = Judging & { readonly id: OrderId; readonly devicesOf: ReturnType<typeof devicesOfCrews> };

function look(tables: LogTables, log: LogWriter, looking: Looking): number {
  const { alerts } = tables;
  const { id } = looking;
  const judgement = judged(log, looking);
  let written = 0;
  for (const draft of judgement.drafts) {
    const key = draft.kind === 'alertRaised' ? { order: id, ...keyOf(draft.data) } : null;
    if (key && alerts.isRaised(key)) continue;
    const [alert] = log.record([{ subject: orderSubject(id), draft, by: null }]);
    written += 1;
    if (key && alert) alerts.keepRaised(key, alert);
  }
  if (judgement.next) alerts.lookAgain(id, judgement.next);
  else alerts.lookNoMore(id);
  return written;
}

const keyOf = ({ rule, level, epoch }: Omit<AlertKey, 'order'>): Omit<AlertKey, 'order'> => ({ rule, level, epoch });

/** An order that cannot be judged must not keep the others from it (I9): it is told, and tried again later. */
function judged(log: LogWriter, { id, judge, packs, devicesOf, onFault }: Looking): Judgement {
  const order = log.view.order(id);
  if (!order || log.view.isHistory(id)) return { drafts: [], next: null };
  try {
    return judge(order, {
      pack: packFor(packs, order),
      devicesOf: (crew: CrewId, limit: number) => devicesOf(order, crew, limit),
    });
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    onFault({ q: log.head.q, subject: orderSubject(id), error });
    return { drafts: [], next: { at: log.now + AGAIN_MS, waits: null } };
  }
}

const AGAIN_MS = 60_000;
