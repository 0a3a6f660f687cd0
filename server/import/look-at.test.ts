import { expect, test } from 'vitest';

import { lookAt } from './look-at.ts';

// oxlint-disable-next-line typescript/require-await -- a stream's chunks come one by one
async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

const look = (file: string | Buffer) => lookAt(chunksOf(Buffer.isBuffer(file) ? file : Buffer.from(file)));

test('the delimiter is the one that parts the header most', async () => {
  expect(await look('no;where, and when;at\n1;a, b;c\n')).toEqual({
    ok: true,
    value: { columns: ['no', 'where, and when', 'at'], rows: [['1', 'a, b', 'c']] },
  });
});

test('at most twenty rows are shown; one that cannot be read is left out', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `${at},x`);
  const seen = await look(`no,what\n${rows.with(1, '1,"x"y').join('\n')}\n`);
  expect(seen.ok ? seen.value.rows : []).toHaveLength(19);
});

test('a header in another encoding is why nothing can be read, whatever rows below it can', async () => {
  // 户号,地址 in GBK.
  const header = Buffer.from([0xbb, 0xa7, 0xba, 0xc5, 0x2c, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a]);
  expect(await look(Buffer.concat([header, Buffer.from('41,5 High Street\n42,6 High Street\n')]))).toMatchObject({
    ok: false,
    error: { line: 1, column: null, why: { code: 'encoding' } },
  });
});

test.each([
  ['', { code: 'fileEmpty' }],
  ['\n\n', { code: 'noHeader' }],
])('a file of %j is refused as a whole', async (file, why) => {
  expect(await look(file)).toEqual({ ok: false, error: { line: null, column: null, why } });
});
