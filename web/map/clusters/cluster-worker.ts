import { createClusterIndex } from './cluster-index.ts';
import type { ClusterAnswer, ClusterOrder } from './cluster-model.ts';

/** Groups orders beside the page: ten thousand of them never delay a key or a click. */
const index = createClusterIndex();

addEventListener('message', ({ data }: MessageEvent<ClusterOrder>) => {
  switch (data.is) {
    case 'change':
      index.change(data.put, data.remove);
      break;
    case 'marks':
      answer({ is: 'marks', ask: data.ask, marks: index.marks(data) });
      break;
    case 'members':
      answer({ is: 'members', ask: data.ask, ids: index.members(data.key, data.zoom) });
      break;
  }
});

const answer = (said: ClusterAnswer): void => postMessage(said);
