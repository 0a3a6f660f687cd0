import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type * as z from 'zod';

import type { Env } from './env.ts';
import { readUpload } from './read-upload.ts';

type Line = { readonly is: string };
type Run<Head> = (head: Head, file: string, say: (line: Line) => void) => Promise<void>;

/**
 * Takes a file in whole, runs it, and answers in lines of JSON as they are said. It runs to its end whoever still listens;
 * what throws says that it broke off, in a last line.
 */
export async function answerInLines<S extends z.core.$ZodType>(
  c: Context<Env>,
  schema: S,
  run: Run<z.core.output<S>>,
): Promise<Response> {
  const { head, file, done } = await readUpload(c, schema);
  c.header('Content-Type', 'application/x-ndjson; charset=utf-8');
  return stream(c, async (out) => {
    const say = (line: Line): void => void out.write(`${JSON.stringify(line)}\n`).catch(() => undefined);
    try {
      await run(head, file, say);
    } catch (error) {
      say({ is: 'brokenOff' });
      throw error;
    } finally {
      await done();
    }
  });
}
