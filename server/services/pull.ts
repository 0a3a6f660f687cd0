import type { Cursor, Page } from '#shared/sync/protocol.ts';

import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';

/** The next page of what the asker may see and does not hold; null: a blocked device is shown nothing new. */
export type Pull = (asker: Asker, cursor: Cursor | null) => Promise<Page | null>;

export const createPull =
  ({ views }: Pick<Store, 'views'>): Pull =>
  (asker, cursor) =>
    asker.blocked ? Promise.resolve(null) : views.delta(asker, cursor);
