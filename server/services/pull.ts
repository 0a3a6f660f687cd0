import type { Page, SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';

export type Pulled = { readonly page: Page | null; readonly repair: SyncAnswer['repair'] | null };

/** The next page of what the asker may see and does not hold; none: a blocked device is shown nothing new. */
export type Pull = (asker: Asker, request: SyncRequest) => Promise<Pulled>;

export const createPull =
  ({ views }: Pick<Store, 'views'>): Pull =>
  async (asker, { cursor, pull, check, heads }) => {
    if (!pull || asker.blocked) return { page: null, repair: null };
    const page = await views.delta(asker, cursor);
    const sum = check && !page.more ? { check: await views.check(asker, page.to) } : {};
    const repair = heads && cursor && !page.reset ? await views.repair(asker, cursor, heads) : null;
    return { page: { ...page, ...sum }, repair };
  };
