import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import type { News } from '../store.ts';
import { clientSettings } from './connection.ts';

export type NewsLine = { readonly close: () => Promise<void> };

const AGAIN_MS = 250;
const AGAIN_AT_MOST_MS = 5_000;

/**
 * Hears what any process commits, its own too, as long as the line stands; a broken one is opened again, and what was
 * missed meanwhile counts as news. Only a hint: who needs to be sure asks.
 */
export function listen(url: string, onNews: (news: News) => void): NewsLine {
  let client: Client | null = null;
  const closing = new AbortController();

  const stand = async (): Promise<void> => {
    const line = new Client(clientSettings(url));
    client = line;
    const broken = new Promise<void>((resolve) => {
      line.on('error', () => resolve());
      line.on('end', () => resolve());
    });
    line.on('notification', ({ payload }) => onNews(payload === 'live' ? 'live' : 'head'));
    await line.connect();
    await line.query('listen relight');
    onNews('head');
    await broken;
  };
  const run = async (): Promise<void> => {
    for (let wait = AGAIN_MS; !closing.signal.aborted; wait = Math.min(wait * 2, AGAIN_AT_MOST_MS)) {
      const began = performance.now();
      await stand().catch(() => {});
      if (performance.now() - began > AGAIN_AT_MOST_MS) wait = AGAIN_MS;
      await pause(wait * (0.5 + Math.random()), undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const ended = run();
  return {
    close: async () => {
      closing.abort();
      await client?.end().catch(() => {});
      await ended;
    },
  };
}
