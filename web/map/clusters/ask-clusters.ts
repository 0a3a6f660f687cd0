import type { Box, ClusterAnswer, ClusterMark, ClusterOrder, ClusterPoint } from './cluster-model.ts';

/** Grouping, wherever it is done. Answers come in the order of the questions. */
export type Clusters = {
  readonly change: (put: readonly ClusterPoint[], remove: readonly string[]) => void;
  readonly marks: (view: ClusterView) => Promise<readonly ClusterMark[]>;
  readonly members: (key: string, zoom: number) => Promise<readonly string[]>;
  readonly end: () => void;
};

export type ClusterView = { readonly box: Box; readonly zoom: number; readonly chosen: string | null };

/** Grouping in a worker, for thousands of orders. */
export function clustersInWorker(): Clusters {
  const worker = new Worker(new URL('cluster-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (answer: ClusterAnswer) => void>();
  let asked = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<ClusterAnswer>) => {
    waiting.get(data.ask)?.(data);
    waiting.delete(data.ask);
  });
  const tell = (order: ClusterOrder): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(order);
  };
  const ask = (order: (ask: number) => ClusterOrder): Promise<ClusterAnswer> =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      tell(order(asked));
    });
  return {
    change: (put, remove) => tell({ is: 'change', put, remove }),
    marks: async (view) => {
      const answer = await ask((number) => ({ is: 'marks', ask: number, ...view }));
      return answer.is === 'marks' ? answer.marks : [];
    },
    members: async (key, zoom) => {
      const answer = await ask((number) => ({ is: 'members', ask: number, key, zoom }));
      return answer.is === 'members' ? answer.ids : [];
    },
    end: () => worker.terminate(),
  };
}

/** The same in the page, for the few orders of one crew: its files are kept on the tablet, a worker's are not. */
export async function clustersHere(): Promise<Clusters> {
  const { createClusterIndex } = await import('./cluster-index.ts');
  const index = createClusterIndex();
  return {
    change: (put, remove) => index.change(put, remove),
    marks: (view) => Promise.resolve(index.marks(view)),
    members: (key, zoom) => Promise.resolve(index.members(key, zoom)),
    end: () => undefined,
  };
}
