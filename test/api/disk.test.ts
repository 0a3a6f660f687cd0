import { expect, test } from 'vitest';

import { SHORT_AT } from '../../server/services/disk-watch.ts';
import { SyncAnswer } from '../../shared/sync/protocol.ts';
import { aServer } from './harness.ts';
import { syncRequest } from './requests.ts';

test('a disk that fills up is told to whoever watches and to desks that can see to it, until there is room', async () => {
  let free = 10 * SHORT_AT.soon;
  const server = await aServer({}, '/nowhere', { space: () => Promise.resolve(free) });
  const health = async () => (await (await server.call('/healthz')).json()) as { disk: unknown };
  const live = async (token: string) => {
    const who = await server.opened.services.sessions.who(token);
    const body = syncRequest({ writer: who!.writers[0]!, pull: true });
    return SyncAnswer.parse(await (await server.call('/v1/sync', { token, body })).json()).live;
  };
  const [admin, leader, dispatcher] = [
    await server.desk('admin'),
    await server.desk('leader'),
    await server.desk('dispatcher'),
  ];
  await server.opened.beat();
  expect(await health()).toMatchObject({ disk: null });
  free = SHORT_AT.now - 1;
  server.clock.advance(60_000);
  await server.opened.beat();
  const disk = { where: 'data', level: 'now', free };
  expect(await health()).toMatchObject({ disk });
  expect([(await live(admin))?.disk, (await live(leader))?.disk]).toEqual([disk, disk]);
  expect(await live(dispatcher)).not.toHaveProperty('disk');
  expect(server.logged()).toMatch(/the disk is nearly full/);
  free = 10 * SHORT_AT.soon;
  server.clock.advance(60_000);
  await server.opened.beat();
  expect(await live(admin)).not.toHaveProperty('disk');
});
