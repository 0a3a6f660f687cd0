import type { Draft } from '#shared/event/catalog.ts';
import { asOrderId, subjectOf, type Subject } from '#shared/ids.ts';

import { createChance } from '../../server/demo/chance.ts';
import { fakeRandom } from '../../server/device/fake-random.ts';
import { reportedDraft } from '../../server/import/order-drafts.ts';
import type { OpenServices } from '../../server/open-services.ts';
import { openBase, type Heard } from './base.ts';
import { roughConditions } from './conditions.ts';
import { watchLog } from './desk-eyes.ts';
import { drawFate } from './fate.ts';
import { endWork, subjectOfWork, workOn, type Crew, type Field, type Work } from './field-work.ts';
import type { Told } from './read-stream.ts';
import { openTablet, type Tablet, type Tap } from './tablet.ts';
import { createVirtualTime } from './virtual-time.ts';

export type Drive = {
  readonly stream: AsyncIterable<Told>;
  readonly system: string;
  readonly dataDir: string;
  readonly tablets: number;
  /** Draws what crews do; with `gaps` also what their tablets have to live with. */
  readonly seed: string;
  readonly gaps: boolean;
  readonly speed?: number;
  /** Nothing that is told later is heard any more. */
  readonly until?: number;
  /** Instants (ms) at which `see` is shown the keys of the orders that are open. */
  readonly probes?: readonly number[];
  readonly see?: (at: number, open: ReadonlySet<string>) => void;
  readonly progress?: (at: number, orders: number) => void;
  /** What looks at what is overdue; the server's own look, unless a test brings a worse one. */
  readonly lookOf?: (opened: OpenServices, clock: () => number) => OpenServices['look'];
};

/** What was done, beside what the server's log says of it. `tablets`: device, crew and taps of each. */
export type Driven = {
  readonly opened: OpenServices;
  readonly orders: number;
  readonly heard: readonly Heard[];
  readonly tablets: readonly { readonly device: string; readonly crew: string; readonly taps: readonly Tap[] }[];
  /** When the server looked at what was overdue. */
  readonly looks: readonly number[];
  readonly end: number;
  readonly close: () => Promise<void>;
};

const SECOND = 1_000;
const HOUR = 3_600_000;
/** Founding the company comes before the stream begins. */
const BEFORE_MS = 60 * SECOND;
/** After the last line everybody comes back into coverage, and everything is delivered. */
const AFTER_MS = 2.5 * HOUR;
const AT_ONCE = 200;
/** As if a backup were made so often: what tablets have delivered leaves their outboxes. */
const SAFE_EVERY_MS = HOUR / 4;
/** One crew in four has two tablets. */
const TWO_OF = 4;

/** Lives through a stored stream with a real server and real tablets, in virtual time. */
export async function drive(plan: Drive): Promise<Driven> {
  const groups = byInstant(plan.stream, plan.until ?? Number.POSITIVE_INFINITY);
  const { value: first } = await groups.next();
  if (!first) throw new Error('the stream is empty');
  const begin = first.at - BEFORE_MS;
  const time = createVirtualTime(begin, plan.speed);
  const chance = createChance(plan.seed);
  const random = fakeRandom(plan.seed);
  const sizes = sizesOf(plan.tablets);
  const base = await openBase({ dataDir: plan.dataDir, time, random, crews: sizes });
  const { opened, unit, desk } = base;

  const tablets: { tablet: Tablet; crew: string; chance: ReturnType<typeof createChance> }[] = [];
  const crews: Crew[] = [];
  for (const [index, made] of base.crews.entries()) {
    const own: Tablet[] = [];
    for (const [at, code] of made.codes.entries()) {
      const luck = chance.branch(`tablet ${index}/${at}`);
      const tablet = await openTablet({ time, chance: luck, random, fetch: base.fetch, code });
      tablets.push({ tablet, crew: made.id, chance: luck });
      own.push(tablet);
    }
    crews.push({ id: made.id, tablets: own, forges: plan.gaps && chance.branch(`forger ${index}`).happens(0.1) });
  }

  const say = async (subject: Subject, draft: Draft): Promise<void> => {
    await opened.record([{ subject, draft, by: desk }]);
  };
  const field: Field = { time, crews, say: (work, draft) => time.during(say(subjectOfWork(work), draft)) };
  const works = new Map<string, Work>();

  const tell = async (told: readonly Told[]): Promise<void> => {
    const fresh = new Map<string, Extract<Told, { is: 'opened' }>['order']>();
    for (const one of told) if (one.is === 'opened' && !works.has(one.order.key)) fresh.set(one.order.key, one.order);
    const orders = [...fresh.values()];
    for (let from = 0; from < orders.length; from += AT_ONCE) {
      const batch = orders.slice(from, from + AT_ONCE);
      const drafts = batch.map((order) => reportedDraft(order, plan.system, unit));
      const ids = await opened.record(drafts.map((draft) => ({ subject: null, draft, by: null })));
      for (const [at, { key }] of batch.entries()) {
        const id = ids[at];
        if (id === undefined) throw new Error('an order was not recorded');
        const luck = chance.branch(`order ${key}`);
        const fate = drawFate(luck.branch('fate'), crews.length);
        const work = { id: asOrderId(id), fate, chance: luck, open: true, opened: 1, crew: null, arrivedAt: null };
        works.set(key, work);
        void workOn(field, work);
      }
    }
    for (const one of told) {
      const work = works.get(one.is === 'opened' ? one.order.key : one.key);
      if (one.is === 'ended' && work?.open === true) await endWork(field, work);
      else if (one.is === 'opened' && work && !work.open) await reopen(work);
    }
  };
  const reopen = async (work: Work): Promise<void> => {
    work.open = true;
    work.opened += 1;
    work.arrivedAt = null;
    await field.say(work, { kind: 'reopened', data: { reason: '又停电了' } });
    void workOn(field, work);
  };

  const suffer = ({ tablet, chance: luck }: (typeof tablets)[number]): void => {
    const conditions = roughConditions(luck.branch('conditions'), time.now());
    tablet.face(conditions);
    const { lost } = conditions;
    const device = tablet.engine().meta().session?.device;
    if (!lost || device === undefined) return;
    const about = (draft: Draft) => () => void time.during(say(subjectOf('device', device), draft));
    time.at(lost.at, about({ kind: 'deviceLost', data: { reason: '找不到' } }));
    time.at(lost.at + lost.forMs, about({ kind: 'deviceFound', data: { reason: '找到了' } }));
  };
  const keepSafe = async (): Promise<void> => {
    await opened.store.backups.publishSafe(await opened.store.log.head());
    time.after(SAFE_EVERY_MS, () => void time.during(keepSafe()));
  };
  const look = plan.lookOf?.(opened, time.now) ?? opened.look;
  const looks: number[] = [];
  let wanted = Number.POSITIVE_INFINITY;
  const want = (at: number): void => {
    if (at >= wanted && wanted > time.now()) return;
    wanted = at;
    time.at(at, () => undefined);
  };
  /** The server looks when something is due and each second; seconds in which nothing has happened are passed over. */
  const each = async (): Promise<void> => {
    const now = time.now();
    if (now < wanted) return want(Math.ceil((now + 1) / SECOND) * SECOND);
    wanted = Number.POSITIVE_INFINITY;
    looks.push(now);
    const ms = await look();
    if (ms !== null) want(now + Math.max(ms, 1));
  };
  const liveTo = (end: number): Promise<void> => time.live(end, each);

  const probes = [...(plan.probes ?? [])].toSorted((a, b) => a - b);
  for (const at of probes) time.at(at + SECOND, () => plan.see?.(at, base.openKeys()));

  let last = first.at;
  let begun = false;
  for (let group: Group | undefined = first; group; group = (await groups.next()).value ?? undefined) {
    const { at, told } = group;
    await liveTo(at - 1);
    if (!begun) {
      begun = true;
      if (plan.gaps) tablets.forEach(suffer);
      void time.during(keepSafe());
      watchLog({ time, chance: chance.branch('desk'), page: (after) => opened.store.pages.page(after, 5_000), say });
    }
    time.at(at, () => void time.during(tell(told)));
    await liveTo(at);
    plan.progress?.(at, works.size);
    last = at;
  }
  // Like everything, in its time: whoever wakes now is heard before the server looks.
  time.at(last, () => tablets.forEach(({ tablet }) => tablet.face(null)));
  const end = last + AFTER_MS;
  await liveTo(end);

  const driven = tablets.map(({ tablet, crew }) => {
    const device = tablet.engine().meta().session?.device;
    if (device === undefined) throw new Error('a tablet was signed out');
    return { device, crew, taps: tablet.taps };
  });
  return {
    opened,
    orders: works.size,
    heard: base.heard,
    tablets: driven,
    looks,
    end,
    close: async () => {
      for (const { tablet } of tablets) await tablet.stop();
      await base.close();
    },
  };
}

type Group = { readonly at: number; readonly told: readonly Told[] };

/** What was told at one instant, together. */
async function* byInstant(stream: AsyncIterable<Told>, until: number): AsyncGenerator<Group, void> {
  let told: Told[] = [];
  for await (const one of stream) {
    const at = told[0]?.at;
    if (one.at > until) break;
    if (at !== undefined && one.at < at)
      throw new Error(`the stream goes back in time, to ${new Date(one.at).toISOString()}`);
    if (at !== undefined && one.at > at) {
      yield { at, told };
      told = [];
    }
    told.push(one);
  }
  if (told[0]) yield { at: told[0].at, told };
}

/** The tablets of each crew. */
function sizesOf(tablets: number): readonly number[] {
  const sizes: number[] = [];
  for (let left = tablets; left > 0; left -= sizes.at(-1) ?? 0)
    sizes.push(left > 1 && sizes.length % TWO_OF === TWO_OF - 1 ? 2 : 1);
  return sizes;
}
