import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Context } from 'hono';

import type { Env } from './env.ts';

/** Below that, packing costs more than it saves. */
const LEAST_BYTES = 1_024;

/** An answer in JSON, packed if it is worth it and the asker can read it. Bytes in one piece: no stream is set up for them. */
export async function packed(c: Context<Env>, value: unknown): Promise<Response> {
  const text = JSON.stringify(value);
  c.header('Content-Type', 'application/json');
  c.header('Vary', 'Accept-Encoding');
  if (text.length < LEAST_BYTES || !takesGzip(c.req.header('accept-encoding'))) {
    // A text would be walked through three times on its way; and its length is said, so that nobody behind packs it after all.
    const bytes = new TextEncoder().encode(text);
    c.header('Content-Length', String(bytes.length));
    return c.body(bytes);
  }
  const bytes = await promisify(gzip)(text);
  c.header('Content-Encoding', 'gzip');
  return c.body(new Uint8Array(bytes));
}

const takesGzip = (header = ''): boolean => /(?:^|,)\s*gzip\s*(?:,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|$)/i.test(header);
