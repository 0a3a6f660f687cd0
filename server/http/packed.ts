import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';

import type { Context } from 'hono';

import type { Env } from './env.ts';

/** Below that, packing costs more than it saves. */
const LEAST_BYTES = 1_024;
/** Up to that, handing it to another thread costs more than packing it. */
const AT_ONCE_BYTES = 64 * 1_024;

/** An answer, JSON already, packed if it is worth it and the asker can read it. Bytes in one piece: no stream is set up for them. */
export async function packed(c: Context<Env>, text: string): Promise<Response> {
  c.header('Content-Type', 'application/json');
  c.header('Vary', 'Accept-Encoding');
  if (text.length < LEAST_BYTES || !takesGzip(c.req.header('accept-encoding'))) {
    // A text would be walked through three times on its way; and its length is said, so that nobody behind packs it after all.
    const bytes = Buffer.from(text);
    c.header('Content-Length', String(bytes.length));
    return c.body(bytes);
  }
  const bytes = text.length < AT_ONCE_BYTES ? gzipSync(text) : await promisify(gzip)(text);
  c.header('Content-Encoding', 'gzip');
  return c.body(bytes);
}

const takesGzip = (header = ''): boolean => /(?:^|,)\s*gzip\s*(?:,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|$)/i.test(header);
