import { beforeEach, describe, expect, test } from 'vitest';

import { systemRandom } from '../../server/device/random.ts';
import { makeTracker } from '../../server/services/trackers.ts';
import { SyncAnswer } from '../../shared/sync/protocol.ts';
import { aServer, START, type Call, type TestServer } from '../api/harness.ts';
import { syncRequest } from '../api/requests.ts';

const SECOND = 1_000;
let server: TestServer;
let key: string;
beforeEach(async () => {
  server = await aServer();
  key = await tracker('van-1', 'k1');
});

const tracker = (id: string, crew: 'k1' | 'k2' | 'k3', shared: string | null = null): Promise<string> =>
  makeTracker(
    { trackers: server.opened.store.trackers, clock: server.clock, random: systemRandom },
    { id, crew: server.world.codes[crew].crew, key: shared },
  );

const osmand = (query: string, call: Call = {}) =>
  server.call('/v1/positions/osmand', { method: 'GET', query: `?${query}`, ...call });
const traccar = (body: object, call: Call = {}) => server.call('/v1/positions/traccar', { body, ...call });

/** Where the desk of this person sees vans. */
async function seen(name = 'dispatcher') {
  const token = await server.desk(name);
  const [writer] = (await server.opened.services.sessions.who(token))?.writers ?? [];
  const answer = await server.call('/v1/sync', { token, body: syncRequest({ writer: writer! }) });
  return SyncAnswer.parse(await answer.json()).live?.fixes ?? [];
}

describe('a tracker', () => {
  test('of a van tells where it is in the way of OsmAnd, by GET and by POST', async () => {
    const at = Math.floor(START / SECOND) - 60;
    expect((await osmand(`id=van-1&lat=31.2&lon=113.1&timestamp=${at}&accuracy=9.5&speed=3&key=${key}`)).status).toBe(
      200,
    );
    const crew = server.world.codes.k1.crew;
    expect(await seen()).toEqual([{ crew, lat: 31.2, lon: 113.1, acc: 9.5, at: at * SECOND, by: 'tracker' }]);
    server.clock.advance(5 * SECOND);
    const posted = await osmand(`id=van-1&lat=31.3&lon=113.2`, { method: 'POST', token: key });
    expect(posted.status).toBe(200);
    expect(await seen()).toMatchObject([{ lat: 31.3, at: START + 5 * SECOND }]);
  });

  test.each([
    [`${START - 7_000}`],
    [`${(START - 7_000) / SECOND}`],
    [new Date(START - 7_000).toISOString()],
    [new Date(START - 7_000).toISOString().slice(0, 19).replace('T', ' ')],
  ])('says its time as %s', async (timestamp) => {
    await osmand(`id=van-1&lat=31&lon=113&timestamp=${encodeURIComponent(timestamp)}&key=${key}`);
    expect((await seen())[0]?.at).toBe(START - 7_000);
  });

  test('with a clock that is ahead counts as of now, and never hides a later fix', async () => {
    await osmand(`id=van-1&lat=31&lon=113&timestamp=${START + 3_600_000}&key=${key}`);
    expect((await seen())[0]?.at).toBe(START);
    server.clock.advance(10 * SECOND);
    await osmand(`id=van-1&lat=32&lon=113&timestamp=${START - 9_000}&key=${key}`);
    expect((await seen())[0]?.lat).toBe(31);
  });

  test('is heard through a Traccar server that forwards for several, and through Traccar Client', async () => {
    await tracker('van-2', 'k2', key);
    const forwarded = (uniqueId: string, latitude: number) => ({
      device: { id: 7, uniqueId, name: 'x', status: 'online' },
      position: {
        latitude,
        longitude: 113,
        accuracy: 0,
        fixTime: new Date(START).toISOString(),
        valid: true,
        speed: 12,
      },
    });
    expect((await traccar(forwarded('van-1', 30.5), { token: key })).status).toBe(200);
    expect((await traccar(forwarded('van-2', 30.6), { token: key })).status).toBe(200);
    expect((await seen()).map(({ lat }) => lat)).toEqual([30.5, 30.6]);
    server.clock.advance(2 * SECOND);
    const client = {
      device_id: 'van-1',
      location: {
        timestamp: new Date(START + 1_000).toISOString(),
        coords: { latitude: 30.7, longitude: 113, accuracy: 5 },
      },
    };
    expect((await traccar(client, { query: `?key=${key}` })).status).toBe(200);
    expect((await seen()).map(({ lat }) => lat)).toContain(30.7);
  });

  test('that has no fix is believed no place', async () => {
    const position = { latitude: 0, longitude: 0, fixTime: new Date(START).toISOString(), valid: false };
    expect((await traccar({ device: { uniqueId: 'van-1' }, position }, { token: key })).status).toBe(200);
    expect(await seen()).toEqual([]);
  });

  test.each(['id=van-1&lat=91&lon=0', 'id=van-1&lat=x&lon=0', 'lat=1&lon=1', 'id=van-1&lat=1'])(
    'that says “%s” is told what is wrong',
    async (query) => {
      expect((await osmand(`${query}&key=${key}`)).status).toBe(400);
    },
  );

  test('without its key, or with the key of another one, says nothing', async () => {
    const other = await tracker('van-9', 'k3');
    for (const shown of ['', '&key=wrong-key-wrong', `&key=${other}`])
      expect((await osmand(`id=van-1&lat=31&lon=113${shown}`)).status).toBe(401);
    expect(await seen()).toEqual([]);
    expect(JSON.stringify(server.logged())).not.toContain(key);
  });

  test('is asked to wait when it tells too often; whoever guesses keys is stopped', async () => {
    const say = () => osmand(`id=van-1&lat=31&lon=113&key=${key}`);
    expect([(await say()).status, (await say()).status]).toEqual([200, 429]);
    server.clock.advance(2 * SECOND);
    expect((await say()).status).toBe(200);
    const guesses: number[] = [];
    for (let n = 0; n < 12; n += 1)
      guesses.push((await osmand(`id=van-1&lat=1&lon=1&key=guess-${n}`, { address: '10.5.5.5' })).status);
    expect(guesses.slice(-2)).toEqual([429, 429]);
  });

  test("is seen by its unit's desks and by no others", async () => {
    await osmand(`id=van-1&lat=31.2&lon=113.1&key=${key}`);
    expect(await seen('stranger')).toEqual([]);
  });
});
