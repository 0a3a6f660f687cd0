import { asUnitId } from '#shared/ids.ts';

import type { RawWriter } from './raw-writer.ts';
import { pause } from './server-process.ts';

export type Pushers = {
  /** A server listens again. */
  readonly goOn: () => void;
  /** It is gone: waits until every writer has noticed; gives how many had a request under way. */
  readonly hold: () => Promise<number>;
  /** Nothing new is made; resolves when all that was made is acknowledged. */
  readonly end: () => Promise<void>;
};

const BATCH = 8;
const HOUR = 3_600_000;
/** Reported so long ago that every clock of it has run out: the rule engine has something to do. */
const LONG_AGO = 5 * HOUR;

/** Writers that make orders and push them, one request each at a time, as fast as they are answered. */
export function createPushers(writers: readonly RawWriter[], url: string, random: () => number): Pushers {
  const state = { done: false };
  let cut = 0;
  let line = createGate();
  const work = async (writer: RawWriter): Promise<void> => {
    const report = { unit: asUnitId(writer.unit), address: '幸福路', area: 'urban', channel: 'crew' } as const;
    while (!state.done || writer.queued > 0) {
      await line.passed(writer);
      if (!state.done && writer.queued === 0)
        for (let made = 0; made < 1 + random() * (BATCH - 1); made += 1) {
          const at = random() < 0.05 ? { at: { at: Date.now() - LONG_AGO, source: 'typed' as const } } : {};
          writer.make('reported', { ...report, ...at });
        }
      try {
        await writer.push(url);
      } catch (error) {
        const how = networkFailure(error);
        if (how === null) throw error;
        if (how === 'cut') cut += 1;
        await pause(5);
      }
    }
  };
  const working = Promise.all(writers.map(work));
  // Whoever waits for the end hears of it; nobody else is surprised.
  working.catch(() => undefined);
  return {
    goOn: () => line.open(),
    hold: async () => {
      // It died before it listened: everybody still waits.
      if (!line.isOpen()) return 0;
      line = createGate();
      await Promise.race([line.everybody(writers.length), working]);
      const under = cut;
      cut = 0;
      return under;
    },
    end: async () => {
      state.done = true;
      await working;
    },
  };
}

/** Holds everybody up until it is opened. */
function createGate() {
  const opened = Promise.withResolvers<void>();
  const all = Promise.withResolvers<void>();
  const waiting = new Set<RawWriter>();
  let through = false;
  let awaited = Infinity;
  return {
    isOpen: () => through,
    open: () => {
      through = true;
      opened.resolve();
    },
    passed: async (writer: RawWriter): Promise<void> => {
      if (through) return;
      waiting.add(writer);
      if (waiting.size >= awaited) all.resolve();
      await opened.promise;
    },
    everybody: (count: number): Promise<void> => {
      awaited = count;
      if (waiting.size >= count) all.resolve();
      return all.promise;
    },
  };
}

/** `cut`: the connection died under a request; `refused`: nobody listens; null: it is none. */
function networkFailure(error: unknown): 'cut' | 'refused' | null {
  // An answer that was cut off in the middle is no JSON.
  if (error instanceof SyntaxError) return 'cut';
  if (!(error instanceof TypeError)) return null;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return code === 'ECONNREFUSED' ? 'refused' : 'cut';
}
