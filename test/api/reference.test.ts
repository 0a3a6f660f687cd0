import { expect, test } from 'vitest';

import { type ReferenceHead, ReferenceLine } from '../../shared/api/reference.ts';
import { aServer, type TestServer } from './harness.ts';

const HEAD: ReferenceHead = {
  act: 'check',
  source: '馈线表',
  grid: 'wgs84',
  columns: { x: 'lon', y: 'lat', feeder: '馈线' },
};
const FILE = '馈线,lon,lat\n北桥线,113.1,31.2\n北桥线,113.2,31.3\n,113,31\n文庙线,500,31\n';

const LEFT_OUT = [
  { line: 4, column: '馈线', why: { code: 'feederEmpty' } },
  { line: 5, column: 'lon', why: { code: 'sayGrid', x: 500, y: 31 } },
];

async function run(server: TestServer, head: Partial<ReferenceHead>, file = FILE, name = 'admin') {
  const body = `${JSON.stringify({ ...HEAD, ...head })}\n${file}`;
  const answer = await server.call('/v1/reference', { token: await server.desk(name), body });
  const lines = (await answer.text()).trim().split('\n');
  return { status: answer.status, last: answer.ok ? ReferenceLine.parse(JSON.parse(lines.at(-1)!)) : null };
}

async function shown(server: TestServer, name = 'dispatcher') {
  const answer = await server.call('/v1/equipment', { token: await server.desk(name), query: '?box=113,31,114,32' });
  return ((await answer.json()) as { feeders: unknown }).feeders;
}

test('a check names each row that is left out and writes nothing; an import puts the new in the place of the old', async () => {
  const server = await aServer();
  const counts = { places: 2, feeders: 1, before: 0, refusedCount: 2, refused: LEFT_OUT };
  expect((await run(server, {})).last).toMatchObject({ is: 'done', counts });
  expect(await shown(server)).toEqual([]);
  expect((await run(server, { act: 'import' })).last).toMatchObject({ is: 'done', counts });
  const there = [{ name: '北桥线', points: [31.2, 113.1, 31.3, 113.2] }];
  expect(await shown(server)).toEqual(there);
  // The same again changes nothing; another source stands beside it; fewer rows of the first leave what they say.
  expect((await run(server, { act: 'import' })).last).toMatchObject({ counts: { ...counts, before: 2 } });
  expect(await shown(server)).toEqual(there);
  const geo = JSON.stringify({
    type: 'FeatureCollection',
    features: [{ properties: { F: '文庙线' }, geometry: { type: 'Point', coordinates: [113.5, 31.5] } }],
  });
  const columns = { ...HEAD.columns, feeder: 'F' };
  expect((await run(server, { act: 'import', source: '二', columns }, geo)).last).toMatchObject({
    counts: { places: 1 },
  });
  expect((await run(server, { act: 'import' }, '馈线,lon,lat\n北桥线,113.1,31.2\n')).last).toMatchObject({
    counts: { places: 1, before: 2 },
  });
  expect(await shown(server)).toEqual([
    { name: '北桥线', points: [31.2, 113.1] },
    { name: '文庙线', points: [31.5, 113.5] },
  ]);
  // A file of which nothing can be used takes nothing away.
  expect((await run(server, { act: 'import' }, '馈线,lon,lat\n北桥线,x,y\n')).last).toMatchObject({
    counts: { places: 0, before: 1, refusedCount: 1 },
  });
  expect(await shown(server)).toHaveLength(2);
});

test('a look shows the columns of a CSV and the properties of GeoJSON; what is neither says why', async () => {
  const server = await aServer();
  const csv = (await run(server, { act: 'look' })).last;
  expect(csv).toMatchObject({ is: 'look', geo: false, columns: ['馈线', 'lon', 'lat'] });
  const features = [{ properties: { F: '文庙线', kv: 10 } }, { properties: null }];
  const geo = (await run(server, { act: 'look' }, JSON.stringify({ features }))).last;
  expect(geo).toMatchObject({
    is: 'look',
    geo: true,
    columns: ['F', 'kv'],
    rows: [
      ['文庙线', '10'],
      ['', ''],
    ],
  });
  expect((await run(server, { act: 'look' }, '{"a":1}')).last).toMatchObject({
    is: 'refused',
    reasons: [{ why: { code: 'noFeatures' } }],
  });
  expect((await run(server, {}, 'a,b\n1,2\n')).last).toMatchObject({
    is: 'refused',
    reasons: [{ line: 1, why: { code: 'columnsMissing' } }],
  });
});

test('only an administrator brings it in', async () => {
  const server = await aServer();
  for (const name of ['dispatcher', 'leader', 'agent']) expect((await run(server, {}, FILE, name)).status).toBe(403);
  expect(await shown(server)).toEqual([]);
});
