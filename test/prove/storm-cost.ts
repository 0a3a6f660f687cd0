import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { asUnitId } from '#shared/ids.ts';
import type { Cursor } from '#shared/sync/protocol.ts';

import { RawWriter } from '../e2e/raw-writer.ts';
import { freePort, startServerProcess } from '../e2e/server-process.ts';
import { USER } from './crowd.ts';
import type { Exchange } from './http-client.ts';
import { cpuOf } from './process-cpu.ts';
import { replayRaw, type RawUse } from './raw-replay.ts';

/** `serverMs`: what the product used for the same requests as the bare program. */
export type StormCost = { readonly serverMs: number; readonly raw: RawUse };

type Storm = {
  /** The data as it was before the storm. */
  readonly before: string;
  readonly pushes: readonly Exchange[];
  /** Exchanges of the dispatcher, before it and meanwhile. */
  readonly calm: number;
  readonly during: number;
  readonly dir: string;
};

/**
 * What a storm costs the server and the bare program of `raw-bound.ts`: each is sent what the tablets sent, all at once,
 * by one and the same plain sender and alone with it. In the storm itself two hundred engines on the same processor would
 * make the server's time dearer, and not the other's.
 */
export async function costOfStorm({ before, pushes, calm, during, dir }: Storm): Promise<StormCost> {
  const dataDir = join(dir, 'again');
  cpSync(before, dataDir, { recursive: true });
  const server = await startServerProcess({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } });
  const { url } = server;
  const desk = await startDesk(url);
  await desk.exchange(calm);
  const calmly = desk.sent.splice(0);

  const from = cpuOf(server.pid);
  await Promise.all([...pushes.map((push) => sendAgain(url, push)), desk.exchange(during)]);
  // What it judges because of it comes soon after.
  await desk.exchange(1);
  const serverMs = cpuOf(server.pid) - from;
  await server.stop();

  const tablets = pushes.map(({ body }) => body ?? '');
  const raw = await replayRaw(join(dir, 'raw.db'), { before: calmly, tablets, desk: desk.sent });
  rmSync(dataDir, { recursive: true });
  return { serverMs, raw };
}

async function sendAgain(url: string, { path, headers, body }: Exchange): Promise<void> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  const text = await answer.text();
  if (!answer.ok || !text.includes('"is":"ok"')) throw new Error(`what was sent again had the answer ${answer.status}`);
}

/** The dispatcher, as in `storm-user.ts`: one report after the other, and with each he asks for news. */
async function startDesk(url: string) {
  const user = await RawWriter.signIn(url, USER.name, USER.password);
  const sent: string[] = [];
  let cursor: Cursor | null = null;
  const exchange = async (times: number): Promise<void> => {
    for (let done = 0; done < times; done += 1) {
      user.make('reported', { unit: asUnitId(user.unit), address: `和平路${done}号`, area: 'urban', channel: 'phone' });
      const { page, epoch } = await user.exchange(url, cursor, (body) => sent.push(body));
      if (page) cursor = { epoch, scope: page.scope, q: page.to, h: page.h };
    }
  };
  return { sent, exchange };
}
