import type { OrderLog, SearchAnswer, SearchQuery } from '#shared/api/orders.ts';
import type { Report } from '#shared/api/report.ts';
import type { DemoAccounts } from '#shared/api/session.ts';
import type { OrderId } from '#shared/ids.ts';
import type { SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import type { Asker } from './asker.ts';
import type { Hints } from './hints.ts';
import type { Sessions } from './sessions.ts';
import type { SignInDoor } from './sign-in.ts';

/** How far the log is, for whoever watches the server. */
export type Health = { readonly head: number; readonly safe: number | null };

/** Everything the routes can ask for. */
export type Services = {
  readonly sessions: Sessions;
  readonly door: SignInDoor;
  readonly hints: Hints;
  readonly sync: (asker: Asker, request: SyncRequest, receivedAt: number) => Promise<SyncAnswer>;
  readonly search: (asker: Asker, query: SearchQuery) => Promise<SearchAnswer>;
  /** Null: no such order, or not for this asker's eyes. */
  readonly orderLog: (asker: Asker, order: OrderId) => Promise<OrderLog | null>;
  readonly report: (asker: Asker) => Promise<Report>;
  readonly demoAccounts: () => Promise<DemoAccounts>;
  readonly health: () => Promise<Health>;
};
