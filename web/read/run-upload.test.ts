import { expect, test } from 'vitest';

import { runImport } from './imports.ts';

type Told = { readonly lines?: readonly unknown[]; readonly problem?: unknown };

const COUNTS = { read: 3, created: 1, unchanged: 0, skipped: 0, refusedCount: 2 };
const KNOWN = { line: 2, column: '地址', why: { code: 'addressEmpty' } };

/** How an upload ends that is answered so; beside it what was told on the way. */
async function ended({ lines = [], problem }: Told, act: 'check' | 'import' = 'check') {
  const read: number[] = [];
  const upload: Parameters<typeof runImport>[0]['upload'] = (_, __, { line, refused }) => {
    for (const one of lines) line(one);
    if (problem !== undefined) refused(problem);
    return Promise.resolve(problem === undefined);
  };
  const asked = { head: { act, history: false }, file: new Blob(['no\n']) };
  return { end: await runImport({ upload }, asked, (rows) => read.push(rows)), read };
}

test('how far it is is told as it comes, and how it ended at the end', async () => {
  const done = { is: 'done', counts: { ...COUNTS, refused: [KNOWN] } };
  const progress = [500, 900].map((read) => ({ is: 'progress', read }));
  expect(await ended({ lines: [...progress, done] })).toEqual({ end: done, read: [500, 900] });
});

test('a reason of a newer centre is one that is not known, and costs no other', async () => {
  const refused = [KNOWN, { line: 3, column: null, why: { code: 'haunted', by: 'whom' } }];
  expect((await ended({ lines: [{ is: 'done', counts: { ...COUNTS, refused } }] })).end).toEqual({
    is: 'done',
    counts: { ...COUNTS, refused: [KNOWN, { line: 3, column: null, why: { code: 'unknown' } }] },
  });
});

test('an answer without an end broke off if anything of it came, or something may have been written', async () => {
  expect((await ended({})).end).toEqual({ is: 'network' });
  expect((await ended({ lines: [{ is: 'progress', read: 1 }] })).end).toEqual({ is: 'brokenOff' });
  expect((await ended({}, 'import')).end).toEqual({ is: 'brokenOff' });
  expect((await ended({ lines: [{ is: 'done', counts: 'many' }] })).end).toEqual({ is: 'brokenOff' });
});

test.each([
  [{ code: 'tooLarge' }, 'tooLarge'],
  [{ code: 'badRequest', field: 'mapping', reason: 'too long' }, 'badRequest · mapping · too long'],
  ['<html>', '?'],
])('a request that is refused says why: %j', async (problem, said) => {
  const why = { code: 'notTaken', problem: said };
  expect((await ended({ problem }, 'import')).end).toEqual({
    is: 'refused',
    reasons: [{ line: null, column: null, why }],
  });
});
