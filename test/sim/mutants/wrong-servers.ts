import { envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import { nameAfterFork } from '#shared/sync/fork-names.ts';
import type { Ack, Page, SyncRequest } from '#shared/sync/protocol.ts';

import type { Store } from '../../../server/store/store.ts';
import type { Mutant } from './mutant.ts';

type Append = Store['log']['append'];
type Delta = Store['views']['delta'];

const withAppend = (wrong: (append: Append, store: Store) => Append) => ({
  store: (store: Store): Store => ({ ...store, log: { ...store.log, append: wrong(store.log.append, store) } }),
});

const withDelta = (wrong: (delta: Delta, store: Store) => Delta) => ({
  store: (store: Store): Store => ({ ...store, views: { ...store.views, delta: wrong(store.views.delta, store) } }),
});

export const WRONG_SERVERS: readonly Mutant[] = [
  {
    name: 'a name that was left is heard whatever is missing of it',
    plan: { only: ['evicted', 'offline'], large: false },
    parts: () => ({
      store: (store) => ({ ...store, log: { ...store.log, isOver: () => Promise.resolve(true) } }),
    }),
  },
  {
    name: 'who was enrolled anew is a stranger to what the browser held',
    plan: { only: ['signedOut'], large: false },
    parts: () => ({
      sync: (sync) => (asker, request, at) => sync({ ...asker, earlier: [] }, request, at),
      store: (store) => {
        const device: Store['roster']['device'] = async (id) => {
          const row = await store.roster.device(id);
          return row && { ...row, was: null };
        };
        return { ...store, roster: { ...store.roster, device } };
      },
    }),
  },
  {
    name: 'cursor is the highest row that matched',
    plan: { only: ['evicted', 'taken'], large: false },
    parts: () =>
      withDelta((delta, store) => async (viewer, cursor) => {
        const page = await delta(viewer, cursor);
        if (!page.more) return page;
        const to = Math.max(page.from, ...page.subjects.flatMap(({ events }) => events.map(({ q }) => q)));
        const [line] = await store.pages.page(to - 1, 1);
        return { ...page, to, h: line?.chain ?? page.h, more: null };
      }),
  },
  {
    name: 'a redaction is told only where its order is in view',
    plan: { only: ['redacted', 'taken'], large: false },
    parts: () =>
      withDelta((delta) => async (viewer, cursor) => {
        const { erased, ...page } = await delta(viewer, cursor);
        const here = new Set(page.subjects.map(({ subject }) => subject));
        const told = erased?.filter(({ event }) => here.has(event.subject));
        return told?.length ? { ...page, erased: told } : page;
      }),
  },
  {
    name: 'acknowledged before it is committed',
    plan: { only: ['server'], large: false },
    parts: () =>
      withAppend((append, store) => {
        // Written with the next request, if the server is still there then.
        let behind: Parameters<Append> | null = null;
        return async (...next) => {
          const [batch] = next;
          if (batch.length === 0) return append(...next);
          if (behind) await append(...behind);
          behind = next;
          const { q } = await store.log.head();
          const numbers = batch.map((item) => (item.is === 'event' ? item.event.n : item.n));
          return numbers.map((n, index): Ack => ({ is: 'ok', n, q: q + index + 1 }));
        };
      }),
  },
  {
    name: 'scope at the head instead of where the pull ends',
    plan: { only: ['evicted', 'taken', 'lossy'], large: false },
    parts: () =>
      withDelta((delta, store) => async (viewer, cursor) => {
        const end = cursor?.towards?.q;
        if (!cursor?.towards || end === undefined) return delta(viewer, cursor);
        const { q } = await store.log.head();
        const page: Page = await delta(viewer, { ...cursor, towards: { ...cursor.towards, q } });
        const [line] = await store.pages.page(end - 1, 1);
        return { ...page, to: end, h: line?.chain ?? page.h };
      }),
  },
  {
    name: 'a duplicate gets a new position',
    plan: { only: ['lossy'], large: false },
    parts: () =>
      withAppend((append, store) => async (batch, from, decide) => {
        const acks = await append(batch, from, decide);
        const { q } = await store.log.head();
        return acks.map((ack): Ack => (ack.is === 'dup' ? { ...ack, q: q + 1 } : ack));
      }),
  },
  {
    name: 'the latest a tap can be is read from the wall clock',
    plan: { only: ['clocks', 'offline'], large: false },
    parts: () =>
      withAppend((append) => (batch, from, decide) => {
        const { receipt } = from;
        return append(
          batch,
          { ...from, receipt: { ...receipt, server: Math.min(receipt.server, receipt.reading.wall) } },
          decide,
        );
      }),
  },
  {
    name: 'an old app is told to update instead of being heard',
    plan: { only: [], large: false },
    parts: () => ({ refuse: ({ push }: SyncRequest) => (push.length > 0 ? 426 : null) }),
  },
  {
    name: 'knowledge without open taps',
    plan: { only: ['offline'], large: false },
    parts: () => ({ sync: (sync) => (asker, request, at) => sync(asker, { ...request, openTaps: 0 }, at) }),
  },
  {
    name: 'one bad event refuses its whole batch',
    plan: { only: ['poison'], large: false },
    parts: () =>
      withAppend(
        (append) => (batch, from, decide) =>
          batch.some(({ is }) => is === 'held')
            ? Promise.reject(new Error('a bad event'))
            : append(batch, from, decide),
      ),
  },
  {
    name: 'everybody sees everything',
    plan: { only: ['taken'], large: false },
    parts: () =>
      withDelta(
        (delta) => (viewer, cursor) => delta(viewer.form === 'tablet' ? { ...viewer, form: 'desk' } : viewer, cursor),
      ),
  },
  {
    name: 'held events are thrown away',
    plan: { only: ['poison'], large: false },
    parts: () =>
      withAppend((append) => async (batch, from, decide) => {
        const good = batch.filter(({ is }) => is === 'event');
        const acks = [...(await append(good, from, decide))];
        return batch.map((item): Ack =>
          item.is === 'held'
            ? { is: 'held', n: item.n, code: item.code, ref: 'H0' }
            : (acks.shift() ?? { is: 'held', n: 0, code: 'unreadable', ref: 'H0' }),
        );
      }),
  },
  {
    name: 'a fork is taken in event by event',
    plan: { only: ['cloned', 'offline'], large: false },
    parts: () =>
      withAppend((append) => async (batch, from, decide) => {
        const acks = await append(batch, from, decide);
        for (const [index, ack] of acks.entries()) {
          const item = batch[index];
          if (ack.is !== 'held' || ack.code !== 'forked' || item?.is !== 'event') continue;
          const event = { ...item.event, writer: nameAfterFork(item.event.writer, item.hash), n: 1 };
          const text = envelopeText(event);
          const hash = envelopeHash(text);
          await append([{ ...item, event, text, hash, raw: () => JSON.stringify({ event, hash }) }], from, () => null);
        }
        return acks;
      }),
  },
];
