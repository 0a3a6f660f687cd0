import { createCookieHttp, type PlainFetch } from '#shared/engine/cookie-http.ts';
import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import { onlyPage } from '#shared/engine/only-page.ts';
import type { OutboxRow, Ports } from '#shared/engine/ports.ts';

import { systemRandom } from '../../server/device/random.ts';

/** One exchange as the client saw it. `ms`: from asking to the whole answer. `status` 0: it was not reached. */
export type Exchange = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly status: number;
  readonly ms: number;
};

/** The client's own engine over real HTTP, with a memory for its storage. It has no stream of hints. */
export type HttpClient = {
  readonly engine: Engine;
  /** Coverage comes and goes; it tries at once when it comes. */
  readonly cover: (there: boolean) => void;
  readonly rows: () => Promise<readonly OutboxRow[]>;
  readonly exchanges: readonly Exchange[];
};

export async function openHttpClient(url: string, form: 'tablet' | 'desk'): Promise<HttpClient> {
  const exchanges: Exchange[] = [];
  const woken = new Set<() => void>();
  let covered = true;
  const line: PlainFetch = async (to, init) => {
    if (!covered) throw new Error('no coverage');
    const path = new URL(to).pathname;
    const begun = performance.now();
    const note = (status: number): void =>
      void exchanges.push({ path, headers: init.headers, body: init.body, status, ms: performance.now() - begun });
    try {
      const answer = await fetch(to, init);
      const text = await answer.text();
      note(answer.status);
      return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(text) };
    } catch (error) {
      note(0);
      throw error;
    }
  };
  const outbox = createMemoryOutbox();
  const ports: Ports = {
    outbox,
    cache: createMemoryCache(),
    transport: createHttpTransport(createCookieHttp(line, url), form),
    clock: {
      wall: () => Date.now(),
      mono: () => performance.now(),
      page: Buffer.from(systemRandom(8)).toString('hex'),
    },
    wake: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onWake: (run) => {
        woken.add(run);
        return () => woken.delete(run);
      },
      onHint: () => () => undefined,
    },
    ...onlyPage(),
    random: { bytes: systemRandom, next: Math.random },
  };
  return {
    engine: await startEngine(ports, { app: 'relight prove', fix: () => undefined }),
    cover: (there) => {
      covered = there;
      if (there) woken.forEach((run) => run());
    },
    rows: async () => (await outbox.load()).rows,
    exchanges,
  };
}
