import type { Store } from '../../../server/store/store.ts';

const EVERY = 5;

/** A server that leaves an order out of a page now and then: what the sum of the scope is there to find (I13). */
export function forgetful(): (store: Store) => Store {
  let pages = 0;
  return (store) => ({
    ...store,
    views: {
      ...store.views,
      delta: async (viewer, cursor, limits) => {
        const page = await store.views.delta(viewer, cursor, limits);
        if (page.reset || !page.subjects.some(isOrder) || (pages += 1) % EVERY > 0) return page;
        const left = page.subjects.findIndex(isOrder);
        return { ...page, subjects: page.subjects.filter((_, index) => index !== left) };
      },
    },
  });
}

const isOrder = ({ subject }: { readonly subject: string }): boolean => subject.startsWith('order:');
