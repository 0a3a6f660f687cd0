import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** `cpuMs`: what the bare program used, HTTP and packing with it; `insideMs`: from the parsing to the text of the answer. */
export type RawUse = { readonly events: number; readonly cpuMs: number; readonly insideMs: number };

/** Sends these bodies all at once to the bare program of `raw-bound.ts`, on a connection each, as tablets do. */
export async function replayRaw(database: string, bodies: readonly string[]): Promise<RawUse> {
  const child = fork(join(import.meta.dirname, 'raw-bound.ts'), [database]);
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const send = async (body: string): Promise<void> => {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/sync`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
      });
      if (!answer.ok) throw new Error(`the bare program said ${answer.status}`);
      await answer.text();
    };
    await Promise.all(bodies.map(send));
    child.send('used');
    const [used] = (await once(child, 'message')) as [RawUse];
    return used;
  } finally {
    child.disconnect();
  }
}
