import { CATALOG, type Draft } from '../../../shared/event/catalog.ts';
import { envelopeHash, envelopeText, type Envelope } from '../../../shared/event/envelope.ts';
import { orderSubject } from '../../../shared/ids.ts';
import type { VanTablet } from './seed.ts';

/** `made`: changes the server has confirmed; `behind`: asked for and not yet confirmed. */
export type Changes = {
  readonly made: () => number;
  readonly behind: () => number;
  readonly stop: () => Promise<void>;
};

const STEPS = ['accepted', 'departed', 'arrived', 'contacted', 'noted'] as const;
const TICK_MS = 100;

/** So many changes a second, over HTTP, as the tablets of the vans bring them: each an event and where the van is. */
export function makeChanges(url: string, vans: readonly VanTablet[], perSecond: number): Changes {
  const numbers = new Map<VanTablet, number>();
  const underWay = new Set<Promise<void>>();
  let made = 0;
  let turn = 0;
  let owed = 0;

  const bring = async (van: VanTablet, round: number): Promise<void> => {
    const n = (numbers.get(van) ?? 0) + 1;
    numbers.set(van, n);
    const order = van.orders[round % van.orders.length]!;
    const step = STEPS[Math.floor(round / van.orders.length) % STEPS.length] ?? 'noted';
    const draft = draftOf(step, van);
    const event: Envelope = {
      writer: van.writer,
      n,
      subject: orderSubject(order),
      kind: draft.kind,
      v: CATALOG[draft.kind].v,
      data: draft.data,
      by: van.person,
      seen: null,
      clock: { wall: Date.now(), mono: performance.now(), page: 'bench' },
    };
    const move = (part: number): number => part + ((n * 7) % 11) * 0.0004;
    const answer = await fetch(`${url}/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${van.token}` },
      body: JSON.stringify({
        proto: 1,
        req: `b${n}`,
        writer: van.writer,
        app: 'bench',
        cursor: null,
        pull: false,
        hiN: n,
        openTaps: 0,
        parked: 0,
        clock: { wall: Date.now(), mono: performance.now(), page: 'bench' },
        push: [{ event, hash: envelopeHash(envelopeText(event)) }],
        fix: { lat: move(van.lat), lon: move(van.lon), acc: 10, at: Date.now() },
      }),
    });
    const said = (await answer.json()) as { acks?: { is: string; code?: string }[] };
    const [ack] = said.acks ?? [];
    if (!answer.ok || ack?.is !== 'ok')
      throw new Error(`a change was not taken: ${JSON.stringify(said).slice(0, 300)}`);
    made += 1;
  };

  const timer = setInterval(() => {
    owed += (perSecond * TICK_MS) / 1_000;
    for (; owed >= 1; owed -= 1) {
      const van = vans[turn % vans.length]!;
      const work = bring(van, Math.floor(turn / vans.length));
      turn += 1;
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
  }, TICK_MS);

  return {
    made: () => made,
    behind: () => underWay.size,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

function draftOf(step: (typeof STEPS)[number], { crew }: VanTablet): Draft {
  switch (step) {
    case 'accepted':
      return { kind: 'accepted', data: { crew } };
    case 'contacted':
      return { kind: 'contacted', data: { crew, reached: true } };
    case 'noted':
      return { kind: 'noted', data: { text: '在路上' } } as Draft;
    default:
      return { kind: step, data: { crew } };
  }
}
