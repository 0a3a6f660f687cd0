import { readFile } from 'node:fs/promises';

import { Hono } from 'hono';
import { stream } from 'hono/streaming';

import { ImportHead, type ImportLine } from '#shared/api/import.ts';
import { TABLET_FILE_LIMITS, TabletFileAsk } from '#shared/api/tablet-file.ts';

import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { readUpload } from '../http/read-upload.ts';
import type { Services } from '../services/services.ts';

/** Lists of other systems, and files of tablets. A file is here whole before its first line is read. */
export function importRoutes({ imports, tabletFiles }: Pick<Services, 'imports' | 'tabletFiles'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/import').path, async (c) => {
    const { head, file, done } = await readUpload(c, ImportHead);
    c.header('Content-Type', 'application/x-ndjson; charset=utf-8');
    return stream(c, async (out) => {
      const say = (line: ImportLine): void => void out.write(`${JSON.stringify(line)}\n`).catch(() => undefined);
      try {
        await imports.run(askerOf(c), head, file, say);
      } catch (error) {
        say({ is: 'brokenOff' });
        throw error;
      } finally {
        await done();
      }
    });
  });

  app.post(endpoint('POST', '/v1/tablet-file').path, async (c) => {
    const { head, file, done } = await readUpload(c, TabletFileAsk, TABLET_FILE_LIMITS.bytes);
    try {
      const answer = await tabletFiles(askerOf(c), head, await readFile(file, 'utf8'));
      return c.body(`${JSON.stringify(answer)}\n`, 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' });
    } finally {
      await done();
    }
  });

  return app;
}
