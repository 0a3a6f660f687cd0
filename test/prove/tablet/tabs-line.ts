import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

import * as z from 'zod/mini';

import { freePort, pause } from '../../e2e/server-process.ts';
import type { Sent } from './tabs-check.ts';

const Request = z.object({ clock: z.object({ page: z.string() }), push: z.array(z.unknown()) });

/** The line between pages and the server: writes down who sends when. `slow`: ms before and after the server, each time. */
export type Line = {
  readonly origin: string;
  readonly sent: readonly Sent[];
  /** The page that is sending now. */
  readonly sending: () => string | null;
  readonly close: () => void;
};

export async function openLine(pages: string, server: string, slow: () => number): Promise<Line> {
  const sent: Sent[] = [];
  const now = new Set<string>();
  const made = createServer((from, to) => void pass(from, to).catch(() => to.destroy()));
  const pass = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of from) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isSync = from.url?.startsWith('/v1/sync') ?? false;
    const push = isSync ? read(body, from.headers['content-encoding'] === 'gzip') : null;
    if (push && push.push.length > 0) {
      const { page } = push.clock;
      const started = performance.now();
      now.add(page);
      to.once('close', () => {
        now.delete(page);
        sent.push({ page, from: started, to: performance.now(), events: push.push.length });
      });
      await pause(slow());
    }
    const target = new URL(from.url ?? '/', from.url?.startsWith('/v1/') ? server : pages);
    const onward = ask(target, { method: from.method, headers: from.headers }, (answer) => {
      const wait = push && push.push.length > 0 ? slow() : 0;
      setTimeout(() => {
        if (to.destroyed) return;
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      }, wait);
    });
    onward.once('error', () => to.destroy());
    to.once('close', () => {
      // A stream of hints ends with its page; what was sent stays sent.
      if (!isSync) onward.destroy();
    });
    onward.end(body);
  };
  const port = await freePort();
  await new Promise<void>((resolve) => {
    made.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    sent,
    sending: () => [...now][0] ?? null,
    close() {
      made.close();
      made.closeAllConnections();
    },
  };
}

const read = (body: Buffer, zipped: boolean): z.infer<typeof Request> =>
  Request.parse(JSON.parse((zipped ? gunzipSync(body) : body).toString()));
