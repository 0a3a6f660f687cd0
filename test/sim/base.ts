import { rmSync } from 'node:fs';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import type { HttpRequest } from '#shared/engine/http-transport.ts';
import { subjectId, type OrderId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';
import type { SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import { createApp } from '../../server/app.ts';
import type { Random } from '../../server/device/random.ts';
import { openServices, type OpenServices } from '../../server/open-services.ts';
import { restore } from '../../server/services/restore.ts';
import { createSync } from '../../server/services/sync.ts';
import { inspectCopy } from '../../server/store/backup.ts';
import type { LogLine } from '../../server/store/log-pages.ts';
import { databaseFile, openStore } from '../../server/store/open-store.ts';
import { isOutOfUse } from '../../server/store/out-of-use.ts';
import { redactionsIn } from '../../server/store/redactions-in.ts';
import type { Store } from '../../server/store/store.ts';
import type { VirtualTime } from '../replay/virtual-time.ts';
import { failpoints, type Failpoints } from './failpoints.ts';
import type { Exchange, Heard, History, ServerLog } from './history.ts';
import type { Arrived } from './line.ts';
import { AT_ONCE, configFor, copyTemplate, makeFolder, SILENT, type Template } from './template.ts';

/** The real server: its routes without a socket, its store on a file; killed, filled and restored as it comes. */
export type Base = {
  readonly arrive: (machine: number, request: HttpRequest, cookie: string | null) => Promise<Arrived>;
  readonly record: OpenServices['record'];
  /** Erases all texts of one of its orders; `pick` in [0, 1). */
  readonly redact: (pick: number) => Promise<void>;
  readonly points: Failpoints;
  readonly isUp: () => boolean;
  readonly kill: () => void;
  readonly start: () => Promise<void>;
  /** A verified copy, which moves the safe mark. */
  readonly backup: () => Promise<void>;
  /** Goes back to the last copy, as `relight restore` does: whatever is called safe lies in it. */
  readonly restore: (gatherMs: number) => Promise<void>;
  /** What a server does each second. */
  readonly beat: () => Promise<void>;
  readonly wire: readonly Exchange[];
  readonly dump: () => Promise<Pick<History, 'logs' | 'quarantine' | 'heard' | 'projected'>>;
  readonly log: () => Promise<readonly LogLine[]>;
  readonly close: () => Promise<void>;
};

/** What stands between the services and the store, and around sync: where a wrong server is put in. */
export type ServerParts = {
  readonly store?: (store: Store) => Store;
  readonly sync?: (sync: OpenServices['services']['sync']) => OpenServices['services']['sync'];
  /** Says no to a whole request, with a status. */
  readonly refuse?: (request: SyncRequest) => number | null;
};

/** More would never end: from then on nobody answers, and C9 says why. */
const IN_AN_INSTANT = 2_000;

type Deps = {
  readonly template: Template;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly pageEvents: number;
  readonly parts: ServerParts;
};

export async function openBase({ template, time, random, pageEvents, parts }: Deps): Promise<Base> {
  const dir = makeFolder();
  copyTemplate(template, dir);
  const file = databaseFile(dir);
  const points = failpoints();
  const wire: Exchange[] = [];
  const heard: Heard[] = [];
  const heardLast = new Map<string, number>();
  const ended: ServerLog[] = [];
  const copies: { file: string; q: number; log: number; at: number }[] = [];
  let from: ServerLog['from'] = null;
  let up = await open();

  async function open() {
    const config = configFor(dir);
    const ports = { clock: time.now, random, log: SILENT };
    const opened = await openServices(config, ports, AT_ONCE);
    const bounded = smallPages(opened.store, pageEvents);
    const store = points.around(parts.store ? parts.store(bounded) : bounded);
    const plain = createSync({ store, clock: time.now });
    const services = { ...opened.services, sync: parts.sync ? parts.sync(plain) : plain };
    const app = createApp(services, { ...config, dist: join(dir, 'none') }, ports);
    const raw = new Sqlite(file, { readonly: true });
    const contact = raw.prepare<[string], { heard: number }>('select heard from contact where writer = ?');
    return { opened, app, raw, contact, death: points.born() };
  }
  const shut = async (): Promise<void> => {
    up.raw.close();
    await up.opened.close();
  };
  const logOf = async ({ opened }: typeof up): Promise<LogLine[]> => {
    const lines: LogLine[] = [];
    for (;;) {
      const page = await opened.store.pages.page(lines.length, 5_000);
      lines.push(...page);
      if (page.length < 5_000) return lines;
    }
  };
  const note = (writer: string): void => {
    const upTo = up.contact.get(writer)?.heard;
    const log = ended.length;
    const name = `${log} ${writer}`;
    if (upTo === undefined || upTo === heardLast.get(name)) return;
    heardLast.set(name, upTo);
    heard.push({ writer, at: time.now(), upTo, log });
  };
  let endless = false;
  const ask = async (request: HttpRequest, cookie: string | null) => {
    const { method, path, headers, body } = request;
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { ...headers, ...length, ...(cookie === null ? {} : { cookie }) };
    const own = up;
    const work = Promise.resolve(own.app.fetch(new Request(`http://127.0.0.1${path}`, { method, headers: all, body })));
    const answer = await Promise.race([work.then(async (got) => ({ got, text: await got.text() })), own.death]);
    if (answer === null || own !== up) throw new Error('the server died');
    return answer;
  };

  return {
    points,
    wire,
    isUp: () => points.alive(),
    record: (batch) => time.during(up.opened.record(batch)),
    redact: async (pick) => {
      const orders = (await logOf(up)).filter(({ event }) => event.kind === 'reported');
      const one = orders[Math.floor(pick * orders.length)];
      if (!one) return;
      const order = subjectId<OrderId>(one.event.subject);
      await time.during(up.opened.store.log.redact({ order, events: null, reason: 'asked', by: null }));
    },
    arrive: async (machine, request, cookie) => {
      if (!points.alive()) throw new Error('nobody answers');
      const at = time.now();
      if (endless || at - (wire.at(-IN_AN_INSTANT)?.at ?? 0) < 1) {
        endless = true;
        throw new Error('nobody answers any more');
      }
      const isSync = request.path === '/v1/sync' && request.body !== null;
      const sent = isSync ? readRequest(request.body) : null;
      const refused = sent && parts.refuse?.(sent);
      const answered = refused ? problem(refused) : await time.during(ask(request, cookie));
      const { got, text } = answered;
      let delivered = (): void => undefined;
      if (sent) {
        for (const { writer } of [sent, ...(sent.earlier ?? [])]) note(writer);
        const one: Exchange = {
          machine,
          at,
          log: ended.length,
          request: sent,
          sentBytes: request.body?.length ?? 0,
          status: got.status,
          answer: got.status === 200 ? readAnswer(text) : null,
          answeredBytes: text.length,
          delivered: false,
        };
        wire.push(one);
        delivered = () => {
          one.delivered = true;
        };
      }
      const cookies = got.headers.getSetCookie();
      return { status: got.status, header: (name) => got.headers.get(name), text, cookies, delivered };
    },
    kill: () => points.die(),
    start: async () => {
      if (points.alive()) return;
      await time.during(shut());
      up = await time.during(open());
    },
    backup: () =>
      time.during(
        (async () => {
          const to = join(dir, `copy-${copies.length}.db`);
          await up.opened.store.backups.copyTo(to);
          const { content } = await up.opened.store.backups.inspect(to);
          copies.push({ file: to, q: content.q, log: ended.length, at: time.now() });
          await up.opened.store.backups.publishSafe(content);
        })(),
      ),
    restore: (gatherMs) =>
      time.during(
        (async () => {
          const copy = copies.at(-1);
          if (!copy) return;
          ended.push(await closedLog());
          points.die();
          await shut();
          must(await restore({ ...DATABASES(time.now, random), file: copy.file, dataDir: dir, gatherMs }));
          from = { log: copy.log, q: copy.q, at: copy.at };
          up = await open();
        })(),
      ),
    beat: async () => {
      if (points.alive()) await time.during(up.opened.beat());
    },
    log: () => logOf(up),
    dump: async () => {
      const logs = [...ended, await closedLog()];
      const quarantine = up.raw
        .prepare<[], History['quarantine'][number]>(
          'select device, writer, n, code, raw, released_q as releasedQ from quarantine',
        )
        .all();
      const orders = up.raw.prepare<[], { id: string; state: string }>('select "order" as id, state from order_row');
      const projected = new Map(orders.all().map(({ id, state }) => [`order:${id}`, state]));
      return { logs, quarantine, heard, projected };
    },
    close: async () => {
      await shut();
      rmSync(dir, { recursive: true });
    },
  };

  async function closedLog(): Promise<ServerLog> {
    return { epoch: (await up.opened.store.log.head()).epoch, from, lines: await logOf(up) };
  }
}

/** Small pages, so that a pull takes several requests (F15). */
const smallPages = (store: Store, pageEvents: number): Store => ({
  ...store,
  views: {
    ...store.views,
    delta: (viewer, cursor) => store.views.delta(viewer, cursor, { pageEvents, pageBytes: 512 * 1024 }),
  },
});

const DATABASES = (clock: () => number, random: Random) => ({
  databases: {
    inspect: inspectCopy,
    isOutOfUse,
    fileOf: databaseFile,
    open: (dataDir: string) => openStore(dataDir, { clock, random }),
    redactionsIn,
  },
  now: clock(),
  random,
  older: false,
});

const problem = (status: number) => {
  const headers = new Headers({ 'content-type': 'application/json' });
  return { got: { status, headers }, text: JSON.stringify({ code: 'notAllowed' }) };
};

const readRequest = (body: string | null): SyncRequest => JSON.parse(body ?? 'null') as SyncRequest;

/** Whether it has the shape that was promised, the client that gets it looks. */
const readAnswer = (text: string): SyncAnswer => JSON.parse(text) as SyncAnswer;
