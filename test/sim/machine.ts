import { startEngine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import type { Locks, Ports } from '#shared/engine/ports.ts';
import type { Lost } from '#shared/engine/views.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { VirtualTime } from '../replay/virtual-time.ts';
import { createDisk, ROOMY, type Disk } from './disk.ts';
import { CLEAR, createLine, type Arrive, type Jar, type Weather } from './line.ts';
import { createPage, type Page } from './page.ts';

/** What outlives every page of a machine. */
export type Keep = { readonly disk: Disk; readonly jar: Jar; mirrored: string | null };

/** A tablet or a desk: pages over one disk, on a machine that sleeps, loses the signal and has a wrong clock. */
export type Machine = {
  readonly index: number;
  readonly form: 'tablet' | 'desk';
  readonly keep: Keep;
  readonly told: readonly Lost[];
  /** Awake from now on for so long, with at least one page open. */
  readonly use: (ms: number) => Promise<void>;
  /** The page in front, once it shows something. */
  readonly front: () => Page | null;
  readonly pages: () => readonly Page[];
  readonly openPage: () => Promise<Page>;
  readonly killAll: () => void;
  /** Two pages may lead at once, as where a browser has no locks. */
  readonly unlock: (open: boolean) => void;
  readonly setWeather: (weather: Weather) => void;
  readonly setClock: (offMs: number) => void;
  readonly clockOff: () => number;
  readonly evict: (what: 'cache' | 'all', mirrorToo: boolean) => Promise<void>;
  readonly copyKeep: () => Promise<Keep>;
  /** From now on all is well, awake for good. */
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What a wrong client is made of: the ports of a page, changed. */
export type ClientParts = { readonly ports?: (ports: Ports, page: { readonly kill: () => void }) => Ports };

export type MachineDeps = {
  readonly index: number;
  readonly form: 'tablet' | 'desk';
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly arrive: Arrive;
  readonly parts: ClientParts;
  /** Called for each page that has started, before anybody can tap. */
  readonly onStart: (machine: Machine, page: Page) => Promise<void>;
  readonly keep?: Keep;
};

/** Calm minutes teach nothing: timers from half a minute up run so much longer, more so once all is well. */
const CALM = 3;
const HEALED = 40;

export async function createMachine(deps: MachineDeps): Promise<Machine> {
  const { index, form, time, chance, arrive, parts, onStart } = deps;
  const keep: Keep = deps.keep ?? { disk: await createDisk(time.now), jar: new Map(), mirrored: null };
  const told: Lost[] = [];
  let weather = CLEAR;
  let off = 0;
  let pages: Page[] = [];
  let count = 0;
  let healed = false;
  let unlocked = false;
  let asleepSince: number | null = time.now();
  let slept = 0;
  let inUseUntil = 0;
  const awake = (): number => (asleepSince ?? time.now()) - slept;
  const locks = createLocks(() => unlocked);
  const http = createLine({ time, chance: chance.branch('line'), jar: keep.jar, weather: () => weather, arrive });

  const portsOf = (page: Page): Ports => {
    const line = createHttpTransport(async (request) => {
      const answer = await http(request);
      await page.running();
      return answer;
    }, form);
    const ports: Ports = {
      outbox: page.mortal(keep.disk.outbox),
      cache: page.mortal(keep.disk.cache),
      transport: page.mortal(line),
      clock: page.clock,
      wake: page.wake,
      locks: locks.of(page),
      bus: {
        post: (notice) => {
          const others = pages.filter((other) => other !== page && page.isAlive());
          for (const other of others)
            other.wake.after(0, () => other.ears.forEach((hear) => hear(structuredClone(notice))));
        },
        listen: (hear) => {
          page.ears.add(hear);
          return () => void page.ears.delete(hear);
        },
      },
      mirror: {
        read: () => keep.mirrored,
        write: (text) => {
          if (page.isAlive()) keep.mirrored = text;
        },
      },
      random: {
        bytes: (length) => Uint8Array.from({ length }, () => chance.whole(0, 255)),
        next: chance.unit,
      },
    };
    return parts.ports ? parts.ports(ports, page) : ports;
  };

  const openPage = async (): Promise<Page> => {
    const page = createPage({
      time,
      chance: chance.branch(`page ${count}`),
      name: `m${index}p${count++}`,
      wall: () => time.now() + off,
      awake,
      asleep: () => asleepSince !== null,
      stretch: () => (healed ? HEALED : CALM),
      onDeath: (dead) => {
        pages = pages.filter((one) => one !== dead);
        locks.release(dead);
      },
    });
    pages.push(page);
    page.engine = await startEngine(portsOf(page), { app: 'relight sim', fix: () => undefined });
    note(page);
    await onStart(machine, page);
    return page;
  };
  const note = ({ engine }: Page): void => {
    const lost = engine?.status().lost;
    if (lost && !told.includes(lost)) told.push(lost, ...(lost.also ?? []));
  };
  const wakeUp = (): void => {
    if (asleepSince === null) return;
    slept += time.now() - asleepSince;
    asleepSince = null;
    for (const page of pages) page.rouse();
  };
  const mayRest = (): void => {
    if (healed || time.now() < inUseUntil) return;
    pages.forEach(note);
    asleepSince ??= time.now();
  };

  const machine: Machine = {
    index,
    form,
    keep,
    told,
    use: async (ms) => {
      wakeUp();
      inUseUntil = Math.max(inUseUntil, time.now() + ms);
      time.after(ms, mayRest);
      if (pages.length === 0) await openPage();
    },
    front: () => pages.findLast((page) => page.engine !== null && !page.isFrozen()) ?? null,
    pages: () => pages,
    openPage,
    killAll: () => {
      pages.forEach(note);
      for (const page of pages) page.kill();
    },
    unlock: (open) => {
      unlocked = open;
      if (open) locks.letAllIn();
    },
    setWeather: (next) => {
      const back = weather.offline && !next.offline;
      weather = next;
      if (back && asleepSince === null) for (const page of pages) page.rouse();
    },
    setClock: (offMs) => {
      off = offMs;
    },
    clockOff: () => off,
    evict: async (what, mirrorToo) => {
      machine.killAll();
      await keep.disk.evict(what, mirrorToo);
      if (mirrorToo) keep.mirrored = null;
    },
    copyKeep: async () => ({ disk: await keep.disk.copy(), jar: new Map(keep.jar), mirrored: keep.mirrored }),
    heal: async () => {
      healed = true;
      unlocked = false;
      weather = CLEAR;
      keep.disk.limit(ROOMY);
      for (const page of pages) {
        page.dieAfter(Number.POSITIVE_INFINITY);
        page.freeze(false);
      }
      wakeUp();
      if (pages.length === 0) await openPage();
      for (const page of pages) page.rouse();
    },
    stop: async () => {
      pages.forEach(note);
      for (const page of pages) await page.engine?.stop();
      for (const page of pages) page.kill();
    },
  };
  return machine;
}

/** One holder per name and machine, in the order asked; a page that dies lets go. */
function createLocks(open: () => boolean) {
  type Wish = { readonly page: Page; readonly name: string; readonly go: () => void; held: boolean };
  let wishes: Wish[] = [];
  const next = (): void => {
    for (const wish of wishes) {
      const taken = wishes.some((other) => other.held && other.name === wish.name);
      if (wish.held || (taken && !open())) continue;
      wish.held = true;
      wish.go();
    }
  };
  return {
    of: (page: Page): Locks => ({
      hold: async (name, work) => {
        let own: Wish | null = null;
        await new Promise<void>((go) => {
          own = { page, name, go, held: false };
          wishes.push(own);
          next();
        });
        try {
          await work();
        } finally {
          wishes = wishes.filter((wish) => wish !== own);
          next();
        }
      },
    }),
    release: (page: Page): void => {
      wishes = wishes.filter((wish) => wish.page !== page);
      next();
    },
    letAllIn: next,
  };
}
