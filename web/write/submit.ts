import type { Engine } from '#shared/engine/engine.ts';

/** The one door for change. `settled` is fulfilled when nothing is being stored any more. */
export type Writing = Pick<Engine, 'submit' | 'openTap' | 'dropTap'> & { readonly settled: () => Promise<void> };

/** Knows what is on its way into the outbox, so that nothing reloads the page under it. */
export function createWriting(engine: Engine): Writing {
  const storing = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const done = work.finally(() => storing.delete(done));
    storing.add(done);
    return done;
  };
  return {
    submit: (about, draft, tap) => track(engine.submit(about, draft, tap)),
    openTap: (order, kind) => track(engine.openTap(order, kind)),
    dropTap: (tap) => track(engine.dropTap(tap)),
    settled: async () => {
      while (storing.size > 0) await Promise.allSettled(storing);
    },
  };
}
