import type { Http, HttpAnswer, HttpRequest } from '#shared/engine/http-transport.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { VirtualTime } from '../replay/virtual-time.ts';

/** Shares of exchanges to which something happens (F1, F2). `trip`: ms one way, at most. */
export type Weather = {
  readonly offline: boolean;
  readonly trip: number;
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly twice: number;
  readonly late: number;
  readonly torn: number;
  readonly portal: number;
  readonly cached: number;
};

export const CLEAR: Weather = {
  offline: false,
  trip: 0,
  lostRequest: 0,
  lostAnswer: 0,
  twice: 0,
  late: 0,
  torn: 0,
  portal: 0,
  cached: 0,
};

export type Jar = Map<string, string>;

/** What arrives at the server, and what it says; rejects when nothing came back. */
export type Arrive = (request: HttpRequest, cookie: string | null) => Promise<Arrived>;
export type Arrived = HttpAnswer & {
  readonly cookies: readonly string[];
  /** To be called when the asker has the whole of it. */
  readonly delivered: () => void;
};

type Deps = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly jar: Jar;
  readonly weather: () => Weather;
  readonly arrive: Arrive;
};

/** What a client gave up does not arrive after its time-out: connections end with it (I25 relies on that). */
const LATE_MS = LIMITS.requestMs - 1_000;
const PORTAL = '<html><body>Please sign in to this network</body></html>';

/** HTTP of one machine over a line that loses, doubles, delays, tears and forges. */
export function createLine({ time, chance, jar, weather, arrive }: Deps): Http {
  const before = new Map<string, HttpAnswer>();
  const trip = async (): Promise<void> => {
    const most = weather().trip;
    if (most > 0) await time.sleep(chance.whole(1, most));
  };
  const nothing = async (why: string): Promise<never> => {
    await time.sleep(chance.happens(0.5) ? 50 : LIMITS.requestMs);
    throw new Error(why);
  };
  const cookie = (): string | null => [...jar].map(([name, value]) => `${name}=${value}`).join('; ') || null;
  const again = (request: HttpRequest, shown: string | null): void => {
    time.after(chance.whole(1, LATE_MS), () => void arrive(request, shown).catch(() => undefined));
  };

  return async (request) => {
    const now = weather();
    if (now.offline) throw new Error('no coverage');
    if (chance.happens(now.portal)) return answerOf(200, 'text/html', PORTAL);
    if (chance.happens(now.lostRequest)) return nothing('the request was lost');
    // A cache knows an answer by its address; no cache keeps what was posted, but on this path anything may happen.
    const old = request.method === 'GET' || request.path === '/v1/sync' ? before.get(request.path) : undefined;
    if (old && chance.happens(now.cached)) return old;
    const shown = cookie();
    if (chance.happens(now.late)) {
      again(request, shown);
      await time.sleep(LIMITS.requestMs);
      throw new Error('no answer in time');
    }
    if (chance.happens(now.twice)) again(request, shown);
    await trip();
    const answer = await arrive(request, shown);
    if (weather().offline || chance.happens(now.lostAnswer)) return nothing('the answer was lost');
    await trip();
    for (const line of answer.cookies) keep(jar, line);
    if (chance.happens(now.torn)) {
      const text = answer.text.slice(0, Math.floor(answer.text.length / 2));
      return { ...answer, text };
    }
    answer.delivered();
    before.set(request.path, answer);
    return answer;
  };
}

function keep(jar: Jar, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  if (at > 0) jar.set(pair.slice(0, at), pair.slice(at + 1));
}

const answerOf = (status: number, type: string, text: string): HttpAnswer => ({
  status,
  header: (name) => (name === 'content-type' ? type : null),
  text,
});
