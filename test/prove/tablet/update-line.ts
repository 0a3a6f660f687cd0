import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The line between a tablet and its server. It can be cut, carry only files, or starve the worker's download and break off
 * in its middle.
 */
export type UpdateLine = {
  readonly origin: string;
  /** Files of a build that were asked for and were not there, and pages that came in the place of code. */
  readonly missing: readonly string[];
  /** `files`: what is under /v1 does not get through. */
  readonly set: (to: 'on' | 'files' | 'cut') => void;
  /** Files come at so many bytes a second, and after so many bytes the line is cut; resolves when it is. */
  readonly starve: (bytesPerS: number, bytes: number) => Promise<void>;
  readonly close: () => void;
};

const SLICES_A_SECOND = 10;

export async function openUpdateLine(server: string): Promise<UpdateLine> {
  const missing: string[] = [];
  let state: 'on' | 'files' | 'cut' = 'on';
  let hunger: { perS: number; left: number; over: () => void } | null = null;
  const made = createServer((from, to) => pass(from, to));
  const set = (next: typeof state): void => {
    state = next;
    hunger = null;
    if (next !== 'on') made.closeAllConnections();
  };
  const slowly = async (bytes: Buffer, to: ServerResponse): Promise<void> => {
    for (let at = 0; at < bytes.length;) {
      if (!hunger) return void to.destroy();
      const slice = bytes.subarray(at, at + Math.min(Math.ceil(hunger.perS / SLICES_A_SECOND), hunger.left));
      to.write(slice);
      at += slice.length;
      hunger.left -= slice.length;
      if (hunger.left <= 0) {
        const { over } = hunger;
        set('cut');
        return over();
      }
      await pause(1_000 / SLICES_A_SECOND);
    }
    to.end();
  };
  const pass = (from: IncomingMessage, to: ServerResponse): void => {
    const url = from.url ?? '/';
    if (state === 'cut' || (state === 'files' && url.startsWith('/v1/'))) return void from.destroy();
    const isAsset = url.startsWith('/assets/');
    // As it lies there, so that bytes that came can be told from those to come.
    const headers = isAsset && hunger ? { ...from.headers, 'accept-encoding': 'identity' } : from.headers;
    const onward = ask(new URL(url, server), { method: from.method, headers }, (answer) => {
      const html = answer.headers['content-type']?.startsWith('text/html') ?? false;
      if (isAsset && (answer.statusCode === 404 || html)) missing.push(url);
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!isAsset || !hunger) return void answer.pipe(to);
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => void chunks.push(chunk));
      answer.once('end', () => void slowly(Buffer.concat(chunks), to));
    });
    onward.once('error', () => to.destroy());
    to.once('close', () => onward.destroy());
    from.pipe(onward);
  };
  await new Promise<void>((resolve) => {
    made.listen(0, '127.0.0.1', resolve);
  });
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    missing,
    set,
    starve: (perS, left) =>
      new Promise((over) => {
        state = 'files';
        hunger = { perS, left, over };
      }),
    close() {
      made.close();
      made.closeAllConnections();
    },
  };
}
