import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Context } from 'hono';
import * as z from 'zod';

import type { Env } from './env.ts';
import { firstIssue } from './first-issue.ts';
import { RefusedRequest } from './problem.ts';

const HEAD_BYTES = 64 * 1024;
const FILE_BYTES = 256 * 1024 * 1024;
const NEWLINE = 10;

/** A file that came whole: nothing is done with one that broke off on its way. `done` takes it away. */
export type Upload<Head> = { readonly head: Head; readonly file: string; readonly done: () => Promise<void> };

/** A body whose first line is JSON after the schema; the rest goes into a file of its own, bounded in bytes. */
export async function readUpload<S extends z.core.$ZodType>(
  c: Context<Env>,
  schema: S,
  most = FILE_BYTES,
): Promise<Upload<z.core.output<S>>> {
  const folder = await mkdtemp(join(tmpdir(), 'relight-upload-'));
  const done = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'file');
  let first: Buffer | null = null;
  const rest = async function* (): AsyncGenerator<Buffer> {
    let held: Buffer = Buffer.alloc(0);
    let bytes = 0;
    for await (const chunk of chunksOf(c.req.raw.body)) {
      bytes += chunk.length;
      if (bytes > most) throw new RefusedRequest('tooLarge');
      if (first) {
        yield chunk;
        continue;
      }
      held = Buffer.concat([held, chunk]);
      const end = held.indexOf(NEWLINE);
      if (end < 0 && held.length > HEAD_BYTES) throw new RefusedRequest('tooLarge');
      if (end < 0) continue;
      first = held.subarray(0, end);
      yield held.subarray(end + 1);
    }
  };
  try {
    await pipeline(Readable.from(rest()), createWriteStream(file));
    return { head: headOf(schema, first), file, done };
  } catch (error) {
    await done();
    throw error;
  }
}

async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Buffer> {
  const reader = stream?.getReader();
  for (;;) {
    const read = await reader?.read().catch(() => {
      throw new RefusedRequest('badRequest', { field: 'body', reason: 'it broke off' });
    });
    if (!read || read.done) return;
    yield Buffer.from(read.value);
  }
}

function headOf<S extends z.core.$ZodType>(schema: S, line: Buffer | null): z.core.output<S> {
  const parsed = z.core.safeParse(schema, jsonOf(line?.toString('utf8') ?? ''));
  if (!parsed.success) throw new RefusedRequest('badRequest', firstIssue(parsed.error));
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest('badRequest', { field: 'body', reason: 'its first line is not JSON' });
  }
}
