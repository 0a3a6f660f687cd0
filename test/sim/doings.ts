import type { Engine } from '#shared/engine/engine.ts';
import type { OutboxRow } from '#shared/engine/ports.ts';
import { Envelope, envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import { eventId, orderSubject, subjectOf, type CrewId, type DeviceId, type UnitId } from '#shared/ids.ts';

import type { VirtualTime } from '../replay/virtual-time.ts';
import type { Base } from './base.ts';
import { crewDeed, deskDeed, longNote, type Deed } from './crew-work.ts';
import { tapName, type Saved } from './history.ts';
import type { Machine } from './machine.ts';
import type { Page } from './page.ts';
import type { Happening, Odd } from './plan.ts';

/** A machine with what its user has: the codes for it, and how long a stranger answers in the server's place. */
export type Inhabitant = Machine & {
  readonly cloneOf: number | null;
  readonly unit: UnitId;
  device: DeviceId | null;
  strangeUntil: number;
  codes: readonly string[];
};

export type World = {
  readonly time: VirtualTime;
  readonly base: Base;
  readonly machines: readonly Inhabitant[];
  readonly crews: readonly CrewId[];
  readonly unit: UnitId;
  readonly saved: Saved[];
  readonly track: (work: Promise<unknown>) => void;
  readonly clone: (of: number) => Promise<void>;
  /** Signs a dispatcher in, or enrols a tablet with its next code. */
  readonly enter: (machine: Inhabitant, engine: Engine) => Promise<void>;
};

type Of<I extends Happening['is']> = Extract<Happening, { is: I }>;

const ON_MS = 90_000;
const SIGN_IN_MS = 10_000;
/** A whole back-off: what was only a stranger's answer has been asked again by then. */
const PATIENCE_MS = 20 * 60_000;
/** What a batch that cannot be taken has in it. */
export const CHOKE = '噎住';

/** Carries out what was planned; what makes no sense just then is left. */
export function createDoings(world: World) {
  const { time, base, machines, crews, unit, saved, track } = world;

  const happen = async (one: Happening): Promise<void> => {
    const machine = machines[one.on];
    if (one.on >= 0 && !machine) return;
    if (machine) await befall(machine, one);
    else await befallServer(one);
  };

  const befall = async (machine: Inhabitant, one: Happening): Promise<void> => {
    switch (one.is) {
      case 'visit':
        track(visit(machine, one.forMs));
        break;
      case 'tap':
        await tap(machine, one);
        break;
      case 'odd':
        await odd(machine, one);
        break;
      case 'desk':
        await desk(machine, one);
        break;
      case 'weather':
        machine.setWeather(one.weather);
        break;
      case 'crash':
        for (const page of machine.pages()) page.dieAfter(one.steps);
        time.after(ON_MS, () => track(openAgain(machine)));
        break;
      case 'reload':
        machine.killAll();
        await openAgain(machine);
        break;
      case 'tab':
        machine.unlock(one.unlocked);
        track(machine.openPage());
        break;
      case 'freeze': {
        const [page] = machine.pages();
        page?.freeze(true);
        time.after(one.forMs, () => page?.freeze(false));
        break;
      }
      case 'clock':
        machine.setClock(one.offMs);
        break;
      case 'full':
        machine.keep.disk.limit(one);
        break;
      case 'evict':
        await machine.evict(one.what, one.mirrorToo);
        break;
      case 'clone':
        await world.clone(one.on);
        break;
      case 'strange':
        machine.strangeUntil = time.now() + one.forMs;
        break;
      case 'signOut':
        track(signOutAndIn(machine));
        break;
      case 'crew':
        await changeCrew(machine, one);
        break;
      default:
        break;
    }
  };

  const befallServer = async (one: Happening): Promise<void> => {
    switch (one.is) {
      case 'serverDies':
        base.points.dieAt(one.calls, one.done);
        time.after(one.forMs, () => {
          base.kill();
          track(base.start());
        });
        break;
      case 'serverFull':
        base.points.fill(true);
        time.after(one.forMs, () => base.points.fill(false));
        break;
      case 'backup':
        if (base.isUp()) await base.backup();
        break;
      case 'restore':
        if (base.isUp()) await base.restore(one.gatherMs);
        time.after(one.gatherMs + SIGN_IN_MS, () => track(base.beat()));
        break;
      case 'archive':
        if (base.isUp()) await archive();
        break;
      case 'redact':
        if (base.isUp()) await base.redact(one.pick);
        break;
      default:
        break;
    }
  };

  const visit = async (machine: Inhabitant, forMs: number): Promise<void> => {
    await machine.use(forMs);
    await signInAgain(machine);
  };

  /** A desk asks for the password again after a night, a tablet that was signed out for a code. */
  const signInAgain = async (machine: Inhabitant): Promise<void> => {
    await time.sleep(SIGN_IN_MS);
    const engine = machine.front()?.engine;
    const isOut = engine?.status().state === 'signInNeeded' && time.now() > machine.strangeUntil + PATIENCE_MS;
    if (engine && isOut) await world.enter(machine, engine);
  };

  const openAgain = async (machine: Machine): Promise<void> => {
    if (machine.pages().length === 0) await machine.use(ON_MS);
  };

  const submit = async (machine: Machine, page: Page, deed: Deed, apartMs: number): Promise<void> => {
    const { engine } = page;
    if (!engine) return;
    const at = time.now();
    const first = apartMs > 0 && deed.about !== 'new' ? await engine.openTap(deed.about, deed.draft.kind) : null;
    if (first?.ok) await time.sleep(apartMs);
    const made = await engine.submit(deed.about, deed.draft, first?.ok ? first.value : undefined);
    if (!page.isAlive()) return;
    if (made.ok) await note(machine, made.value, at);
    else if (first?.ok) await engine.dropTap(first.value);
  };

  /** "Saved" was said: what of, as it lies on the disk. */
  const note = async (machine: Machine, id: string, at: number): Promise<void> => {
    const row = (await machine.keep.disk.rows()).find(({ writer, n }) => eventId(writer, n) === id);
    const step = machine.keep.disk.steps.findLast(
      (one) => one.is === 'append' && eventId(one.row.writer, one.row.n) === id,
    );
    const kept = row ?? (step?.is === 'append' ? step.row : undefined);
    // Between the storing and the saying the outbox took another name: the newest row is the one.
    const { hash, bytes } = kept ?? last(machine);
    const { clock, kind, subject } = Envelope.parse(JSON.parse(bytes));
    saved.push({ machine: machine.index, id, hash, tap: tapName(clock), kind, subject, at, saidAt: time.now() });
  };

  const tap = async (machine: Machine, { pick, kind, apartMs }: Of<'tap'>): Promise<void> => {
    const page = machine.front();
    const deed = page?.engine && crewDeed(page.engine, pick, kind);
    if (page && deed) await submit(machine, page, deed, apartMs);
  };

  const desk = async (machine: Machine, { what, pick, crew }: Of<'desk'>): Promise<void> => {
    const page = machine.front();
    const to = crews[crew % crews.length];
    const deed = page?.engine && to !== undefined ? deskDeed(page.engine, what, { pick, crew: to, unit }) : null;
    if (page && deed) await submit(machine, page, deed, 0);
  };

  /** A newer app, or one that was tampered with, wrote into the same outbox. */
  const odd = async (machine: Machine, { pick, how }: Of<'odd'>): Promise<void> => {
    const page = machine.front();
    const crew = page?.engine?.meta().session?.crew?.id;
    const deed = page?.engine && crewDeed(page.engine, pick, 6);
    if (!page?.engine || !deed || crew === undefined || deed.about === 'new') return;
    if (how === 'choking') base.points.choke(CHOKE);
    const at = time.now();
    const subject = orderSubject(deed.about);
    const writer = page.engine.meta().session && (await machine.keep.disk.outbox.facts()).meta;
    if (!writer) return;
    const clock = { wall: page.clock.wall(), mono: page.clock.mono(), page: page.name };
    const by = page.engine.meta().session?.person.id ?? null;
    const made = (n: number): Envelope => ({
      writer: writer.writer,
      n,
      subject,
      by,
      seen: null,
      clock,
      ...ODD[how](crew),
    });
    const done = await page.mortal(machine.keep.disk.outbox).append((n) => rowOf(made(n)), null);
    if (!done.ok || !page.isAlive()) return;
    await note(machine, eventId(done.value.writer, done.value.n), at);
    // Its pages read it where they read all else.
    machine.killAll();
    await openAgain(machine);
  };

  const signOutAndIn = async (machine: Inhabitant): Promise<void> => {
    const engine = machine.front()?.engine;
    if (!engine || machine.codes.length === 0) return;
    await engine.signOut();
    await time.sleep(ON_MS);
    const after = machine.front()?.engine;
    if (after) await world.enter(machine, after);
  };

  const changeCrew = async (machine: Inhabitant, { crew }: Of<'crew'>): Promise<void> => {
    if (machine.device === null || !base.isUp()) return;
    const subject = subjectOf('device', machine.device);
    const to = crew === null ? undefined : crews[crew % crews.length];
    const own = machine.front()?.engine?.meta().session?.crew?.id;
    if (to !== undefined) await base.record([{ subject, draft: { kind: 'joinedCrew', data: { crew: to } }, by: null }]);
    else if (own !== undefined)
      await base.record([{ subject, draft: { kind: 'leftCrew', data: { crew: own } }, by: null }]);
  };

  const archive = async (): Promise<void> => {
    const closed = (await base.log()).findLast(({ event }) => event.kind === 'closed');
    if (!closed) return;
    await base.record([{ subject: closed.event.subject, draft: { kind: 'archived', data: {} }, by: null }]);
  };

  const heal = async (): Promise<void> => {
    base.points.fill(false);
    // The event that kills its request stays as it is: it must not hold up the others.
    // Whatever was still to kill it kills it now.
    base.kill();
    await base.start();
    await base.beat();
    for (const machine of machines) {
      machine.strangeUntil = 0;
      track(machine.heal());
      // Whoever shared a name with one that is enrolled anew is out only then, and hears of it within an hour.
      for (const times of [2, 4, 8]) time.after(PATIENCE_MS * times, () => track(signInAgain(machine)));
    }
  };

  return { happen, heal };
}

const rowOf = (event: Envelope): OutboxRow => {
  const bytes = envelopeText(event);
  const state = { is: 'waiting', tries: 0 } as const;
  return { writer: event.writer, n: event.n, bytes, hash: envelopeHash(bytes), keyId: null, author: event.by, state };
};

type Made = Pick<Envelope, 'kind' | 'v' | 'data'>;

const ODD: { readonly [O in Odd]: (crew: CrewId) => Made } = {
  futureKind: (crew) => ({ kind: 'droneSent', v: 3, data: { crew } }),
  badData: (crew) => ({ kind: 'restored', v: 1, data: { crew, extent: 'perhaps' } }),
  tooLarge: (crew) => ({ kind: 'noted', v: 1, data: { ...longNote(crew, 17 * 1024).data } }),
  choking: (crew) => ({ kind: 'noted', v: 1, data: { crew, text: CHOKE } }),
};

function last({ keep }: Machine): OutboxRow {
  const step = keep.disk.steps.findLast((one) => one.is === 'append');
  if (step?.is !== 'append') throw new Error('nothing was ever stored');
  return step.row;
}
