import type { DoneRedacting, Redact } from '#shared/api/redaction.ts';
import { may } from '#shared/order/rights.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { LogStore } from '../store/log-store.ts';
import type { Asker } from './asker.ts';
import type { Query } from './query.ts';

/** Erases personal texts of an order, archived or not (I4). `notFound`: no such order, or not for this asker's eyes. */
export type RedactOrder = (asker: Asker, what: Redact) => Promise<Result<DoneRedacting, 'notFound'>>;

type Deps = {
  readonly query: Pick<Query, 'orderLog'>;
  readonly redact: LogStore['redact'];
  /** Whoever holds the texts comes at once. */
  readonly announce: () => Promise<void>;
};

export const createRedactOrder =
  ({ query, redact, announce }: Deps): RedactOrder =>
  async (asker, what) => {
    const inUnit = (await query.orderLog(asker, what.order)) !== null;
    if (!inUnit || !may(asker.role, 'redacted', { held: false, unit: inUnit })) return err('notFound');
    const erased = await redact({ ...what, by: asker.person });
    if (erased.length > 0) await announce();
    return ok({ erased: erased.length });
  };
