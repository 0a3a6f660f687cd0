import { readFile } from 'node:fs/promises';

import { Hono } from 'hono';

import { ImportHead } from '#shared/api/import.ts';
import { TABLET_FILE_LIMITS, TabletFileAsk } from '#shared/api/tablet-file.ts';

import { answerInLines } from '../http/answer-in-lines.ts';
import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { readUpload } from '../http/read-upload.ts';
import type { Services } from '../services/services.ts';

/** Lists of other systems, and files of tablets. A file is here whole before its first line is read. */
export function importRoutes({ imports, tabletFiles }: Pick<Services, 'imports' | 'tabletFiles'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/import').path, (c) =>
    answerInLines(c, ImportHead, (head, file, say) => imports.run(askerOf(c), head, file, say)),
  );

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
