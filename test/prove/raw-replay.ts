import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** `cpuMs`: what the bare program used, HTTP and packing with it; `insideMs`: from the parsing to the text of the answer. */
export type RawUse = { readonly events: number; readonly cpuMs: number; readonly insideMs: number };

/**
 * Bodies that were sent: `before` by the desk while it was calm, so that neither program is asked when it has just begun;
 * `tablets` all at once on a connection each, beside `desk`, one after the other.
 */
export type Sent = {
  readonly before: readonly string[];
  readonly tablets: readonly string[];
  readonly desk: readonly string[];
};

/** Sends the same to the bare program of `raw-bound.ts`, and says what it used after `before`. */
export async function replayRaw(database: string, { before, tablets, desk }: Sent): Promise<RawUse> {
  for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
  const child = fork(join(import.meta.dirname, 'raw-bound.ts'), [database]);
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const send = async (body: string, encoding = 'gzip, deflate'): Promise<void> => {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/sync`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': encoding },
        body,
      });
      if (!answer.ok) throw new Error(`the bare program said ${answer.status}`);
      await answer.text();
    };
    const oneByOne = async (bodies: readonly string[]): Promise<void> => {
      for (const body of bodies) await send(body, 'identity');
    };
    await oneByOne(before);
    child.send('begin');
    await once(child, 'message');
    await Promise.all([...tablets.map((body) => send(body)), oneByOne(desk)]);
    child.send('used');
    const [used] = (await once(child, 'message')) as [RawUse];
    return used;
  } finally {
    child.disconnect();
  }
}
