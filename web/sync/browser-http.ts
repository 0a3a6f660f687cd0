import type { Http } from '#shared/engine/http-transport.ts';
import { LIMITS } from '#shared/sync/limits.ts';

const GZIP_FROM_BYTES = 4 * 1024;

/** `fetch` as the engine wants it: bounded in time, never from a cache, large bodies compressed. */
export const createBrowserHttp =
  (): Http =>
  async ({ method, path, headers, body }) => {
    const zipped = body !== null && body.length > GZIP_FROM_BYTES && 'CompressionStream' in window;
    const answer = await fetch(path, {
      method,
      headers: zipped ? { ...headers, 'content-encoding': 'gzip' } : headers,
      body: zipped ? await gzip(body) : body,
      cache: 'no-store',
      credentials: 'same-origin',
      // Followed nowhere, and yet seen: our server never sends anybody elsewhere, a network that wants a login does (I22).
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMITS.requestMs),
    });
    return { status: answer.status, header: (name) => answer.headers.get(name), text: await answer.text() };
  };

const gzip = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
