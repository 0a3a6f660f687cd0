import type { CacheStorage, OutboxStorage, Ports, Transport } from '#shared/engine/ports.ts';
import { Envelope, idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import { err, ok } from '#shared/result.ts';
import type { SyncRequest } from '#shared/sync/protocol.ts';
import { exactly } from '#shared/time/event-time.ts';

import { forgetful } from './forgetful.ts';
import type { Mutant } from './mutant.ts';

const SEEN_ENOUGH = 50;
const HOUR_MS = 3_600_000;

type Apply = CacheStorage['apply'];
type Sync = Transport['sync'];

const withPorts = (change: (ports: Ports) => Partial<Ports>) => ({
  ports: (ports: Ports): Ports => ({ ...ports, ...change(ports) }),
});

const withApply = (wrong: (apply: Apply, ports: Ports) => Apply) =>
  withPorts((ports) => ({
    cache: instead(ports.cache, { apply: wrong((fence, patch) => ports.cache.apply(fence, patch), ports) }),
  }));

const withSync = (wrong: (sync: Sync, ports: Ports) => Sync) =>
  withPorts((ports) => ({ transport: instead(ports.transport, { sync: wrong(ports.transport.sync, ports) }) }));

const withOutbox = (wrong: (outbox: OutboxStorage) => Partial<OutboxStorage>) =>
  withPorts(({ outbox }) => ({ outbox: instead(outbox, wrong(outbox)) }));

/** The same port but for some of it; a page's ports have no members of their own to spread. */
const instead = <T extends object>(port: T, wrong: Partial<T>): T =>
  new Proxy(port, {
    get: (target, key): unknown => Reflect.get(key in wrong ? wrong : target, key),
  });

export const WRONG_CLIENTS: readonly Mutant[] = [
  {
    name: 'cursor before data',
    plan: { only: ['crashes', 'offline'], large: false },
    parts: () =>
      withApply((apply) => async (fence, patch) => {
        if (patch.put.length === 0 || patch.clear) return apply(fence, patch);
        const first = await apply(fence, { clear: false, put: [], remove: [], staged: null, meta: patch.meta });
        return first.ok ? apply(fence, { ...patch, meta: {} }) : first;
      }),
  },
  {
    name: 'drop erases',
    plan: { only: ['taken', 'crews', 'offline'], large: false },
    parts: () =>
      withApply((apply, { outbox }) => async (fence, patch) => {
        const dropped = new Set<string>(patch.put.flatMap(({ subject, drop }) => (drop ? [subject] : [])));
        const { rows } = await outbox.load();
        const gone = rows.filter(({ bytes }) => dropped.has(Envelope.parse(JSON.parse(bytes)).subject));
        if (gone.length > 0) await outbox.remove(gone);
        return apply(fence, patch);
      }),
  },
  {
    name: 'what was redacted stays in the outbox',
    plan: { only: ['redacted'], large: false },
    parts: () => withOutbox(() => ({ erase: () => Promise.resolve(ok(null)) })),
  },
  {
    name: '401 clears',
    plan: { only: ['strange'], large: false },
    parts: () =>
      withSync((sync, { outbox }) => async (request) => {
        const answered = await sync(request);
        if (!answered.ok && answered.error.is === 'signInNeeded') await outbox.remove((await outbox.load()).rows);
        return answered;
      }),
  },
  {
    name: 'remove before send',
    plan: { only: ['lossy', 'forged'], large: false },
    parts: () =>
      withSync((sync, { outbox }) => async (request) => {
        await outbox.remove(numbersOf(request));
        return sync(request);
      }),
  },
  {
    name: 'safe ignored',
    plan: { only: ['restore'], large: false },
    parts: () =>
      withOutbox((outbox) => ({
        setStates: async (changes) => {
          const done = await outbox.setStates(changes);
          await outbox.remove(changes.filter(({ state }) => state.is === 'received'));
          return done;
        },
      })),
  },
  {
    name: 'no fence, and pages are added to what is there',
    plan: { only: ['tabs', 'taken'], large: false },
    parts: () =>
      withApply((apply, { cache }) => async (_fence, patch) => {
        const { records } = await cache.read(patch.put.map(({ subject }) => subject));
        const held = new Map(records.map((record) => [record.subject, record.events]));
        const put = patch.put.map((record) => {
          const before = held.get(record.subject) ?? [];
          const news = record.events.slice(before.length === 0 ? 0 : -1);
          return { ...record, events: [...before, ...news] };
        });
        return apply(Number.MAX_SAFE_INTEGER, { ...patch, put });
      }),
  },
  {
    name: 'an acknowledged event is folded into the cache early',
    plan: { only: ['taken'], large: false },
    parts: () => {
      const fences = new WeakMap<CacheStorage, number>();
      return withPorts((ports) => {
        const { outbox, cache } = ports;
        return {
          cache: instead(cache, {
            fence: async () => {
              const fence = await cache.fence();
              if (fence.ok) fences.set(cache, fence.value);
              return fence;
            },
          }),
          outbox: instead(outbox, {
            setStates: async (changes) => {
              const done = await outbox.setStates(changes);
              const { rows } = await outbox.load();
              for (const { writer, n, state } of changes) {
                const row = rows.find((one) => one.writer === writer && one.n === n);
                if (row && state.is === 'received')
                  await foldIn(cache, fences.get(cache) ?? 0, loggedAt(row.bytes, row.hash, state.q));
              }
              return done;
            },
          }),
        };
      });
    },
  },
  {
    name: 'retry without bisect',
    plan: { only: ['poison', 'offline'], large: false },
    parts: () =>
      withSync((sync, { outbox }) => {
        let whole = 0;
        return async (request) => {
          const { rows } = await outbox.load();
          const waiting = rows.filter(({ state, writer }) => state.is === 'waiting' && writer === request.writer);
          if (request.push.length === 0 || waiting.length === request.push.length) return sync(request);
          const push = waiting.map(({ bytes, hash }) => ({ event: Envelope.parse(JSON.parse(bytes)), hash }));
          whole += 1;
          // It would go on like this for days, and that has been seen by then.
          return whole > SEEN_ENOUGH ? err({ is: 'network', afterMs: HOUR_MS }) : sync({ ...request, push });
        };
      }),
  },
  {
    name: 'the sum of the scope is taken over from the server',
    plan: { only: ['taken'], large: false },
    beside: () => ({ store: forgetful() }),
    parts: () =>
      withSync((sync) => async (request) => {
        const answered = await sync(request);
        if (!answered.ok || !answered.value.page?.check) return answered;
        const { check: _, ...page } = answered.value.page;
        return ok({ ...answered.value, page });
      }),
  },
  {
    name: 'a line that answers nonsense ends the work',
    plan: { only: ['forged'], large: false },
    parts: () =>
      withSync((sync) => {
        let refused = false;
        return async (request) => {
          const answered = refused ? err({ is: 'network', afterMs: 0 } as const) : await sync(request);
          refused ||= !answered.ok && answered.error.is === 'captivePortal';
          return answered;
        };
      }),
  },
];

const numbersOf = ({ push }: SyncRequest) =>
  push.map((item) => Envelope.parse((item as { event: unknown }).event)).map(({ writer, n }) => ({ writer, n }));

function loggedAt(bytes: string, hash: string, q: number): LoggedEvent {
  const event = Envelope.parse(JSON.parse(bytes));
  return { event, hash, q, rcv: event.clock.wall, time: exactly(event.clock.wall) };
}

async function foldIn(cache: CacheStorage, fence: number, logged: LoggedEvent): Promise<void> {
  const { records } = await cache.read([logged.event.subject]);
  const [record] = records;
  if (!record || record.events.some(({ event }) => idOf(event) === idOf(logged.event))) return;
  const put = [{ ...record, events: [...record.events, logged] }];
  await cache.apply(fence, { clear: false, put, remove: [], staged: null, meta: {} });
}
