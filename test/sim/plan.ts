import { createChance, type Chance } from '../../server/demo/chance.ts';
import { drawRedactions } from './draw-redactions.ts';
import { FAULTS, type Fault } from './faults.ts';
import { CLEAR, type Weather } from './line.ts';
import type { Size } from './template.ts';

/** Everything that will be done to a small world, drawn beforehand from its seed: leaving parts out gives a smaller one. */
export type Plan = {
  readonly seed: number;
  readonly size: Size;
  readonly pageEvents: number;
  /** Hints reach whoever is awake. */
  readonly hints: boolean;
  /** In order of `at`, ms from the beginning. `on`: the machine, tablets first, then desks, then copies. */
  readonly happenings: readonly Happening[];
};

export type Happening = { readonly at: number; readonly on: number } & (
  | { readonly is: 'visit'; readonly forMs: number }
  | { readonly is: 'tap'; readonly pick: number; readonly kind: number; readonly apartMs: number }
  | { readonly is: 'odd'; readonly pick: number; readonly how: Odd }
  | { readonly is: 'desk'; readonly what: DeskWork; readonly pick: number; readonly crew: number }
  | { readonly is: 'weather'; readonly weather: Weather }
  | { readonly is: 'crash'; readonly steps: number }
  | { readonly is: 'reload' }
  | { readonly is: 'tab'; readonly unlocked: boolean }
  | { readonly is: 'freeze'; readonly forMs: number }
  | { readonly is: 'clock'; readonly offMs: number }
  | { readonly is: 'full'; readonly outbox: number | null; readonly cache: number | null }
  | { readonly is: 'evict'; readonly what: 'cache' | 'all'; readonly mirrorToo: boolean }
  | { readonly is: 'clone'; readonly as: number }
  | { readonly is: 'strange'; readonly forMs: number }
  | { readonly is: 'signOut' }
  | { readonly is: 'crew'; readonly crew: number | null }
  | { readonly is: 'block' }
  | { readonly is: 'archive' }
  | { readonly is: 'redact'; readonly pick: number }
  | { readonly is: 'serverDies'; readonly calls: number; readonly done: boolean; readonly forMs: number }
  | { readonly is: 'serverFull'; readonly forMs: number }
  | { readonly is: 'backup' }
  | { readonly is: 'restore'; readonly gatherMs: number }
);
/** An event this server does not know, cannot take, or dies of. */
export type Odd = 'futureKind' | 'tooLarge' | 'badData' | 'choking';
export type DeskWork = 'report' | 'dispatch' | 'recall' | 'reassign' | 'note' | 'close';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const DAYS = 14;

export type PlanOptions = {
  readonly large?: boolean;
  readonly without?: readonly Fault[];
  readonly only?: readonly Fault[];
};

export function drawPlan(seed: number, { large = seed % 25 === 0, without = [], only }: PlanOptions = {}): Plan {
  const chance = createChance(`plan ${seed}`);
  const share = chance.pick([0, 0.2, 0.5, 0.8]);
  const drawn = FAULTS.filter(() => chance.happens(share));
  const apart = createChance(`redactions ${seed}`);
  const redacts = only ? only.includes('redacted') : apart.happens(0.4) && !without.includes('redacted');
  const on = new Set<Fault>((only ?? drawn).filter((fault) => !without.includes(fault)));
  const size = sizeOf(chance, large);
  const tablets = size.crews.reduce((sum, count) => sum + count, 0);
  const desks = size.desks;
  const draw = new Draw(chance, on, { tablets, desks, crews: size.crews.length, large });
  draw.all();
  return {
    seed,
    size,
    // What the smallest pages show is seen in small worlds: in a large one they are all that happens.
    pageEvents: chance.pick(large ? [20, 5, 20, 2_000] : [2, 5, 20, 2_000]),
    hints: chance.happens(0.4),
    happenings: [...draw.list, ...(redacts ? drawRedactions(apart, DAYS * DAY) : [])].toSorted((a, b) => a.at - b.at),
  };
}

const sizeOf = (chance: Chance, large: boolean): Size => {
  if (!large)
    return chance.pick([
      { crews: [1, 1], desks: 1 },
      { crews: [2, 1], desks: 1 },
      { crews: [2, 2, 1], desks: 2 },
    ]);
  const crews = Array.from({ length: chance.pick([8, 12, 18]) }, (_, index) => 1 + (index % 3));
  return { crews, desks: 2 };
};

type World = { readonly tablets: number; readonly desks: number; readonly crews: number; readonly large: boolean };

class Draw {
  readonly list: Happening[] = [];
  private readonly chance: Chance;
  private readonly on: ReadonlySet<Fault>;
  private readonly world: World;
  private readonly shifts: readonly number[];
  private copies = 0;

  constructor(chance: Chance, on: ReadonlySet<Fault>, world: World) {
    this.chance = chance;
    this.on = on;
    this.world = world;
    const count = chance.whole(3, 6);
    this.shifts = Array.from({ length: count }, () => chance.between(0.1, DAYS - 1) * DAY).toSorted((a, b) => a - b);
  }

  all(): void {
    const { tablets, desks } = this.world;
    for (let desk = 0; desk < desks; desk += 1) this.deskDays(tablets + desk);
    for (let tablet = 0; tablet < tablets; tablet += 1) this.tabletDays(tablet);
    this.serverDays();
  }

  private tabletDays(on: number): void {
    for (const shift of this.shifts)
      if (this.chance.happens(0.85)) this.visit(on, shift + this.chance.between(0, 40) * MINUTE);
    if (this.has('clocks')) this.some(2, (at) => ({ at, on, is: 'clock', offMs: this.clockOff() }));
    if (this.has('offline', 0.7)) for (let left = this.chance.whole(1, 3); left > 0; left -= 1) this.offline(on);
    if (this.has('evicted', 0.4)) {
      const what = this.chance.pick(['cache', 'all'] as const);
      this.some(1, (at) => ({ at, on, is: 'evict', what, mirrorToo: this.chance.happens(0.3) }));
    }
    if (this.has('crews', 0.5))
      this.some(2, (at) => ({ at, on, is: 'crew', crew: this.chance.happens(0.8) ? this.crew() : null }));
    if (this.has('signedOut', 0.4)) this.signOut(on, this.anytime());
    if (this.has('cloned', 0.3) && this.copies < 2) this.clone(on);
  }

  /** An hour in use: taps, and what befalls the machine meanwhile. */
  private visit(on: number, at: number): void {
    const { chance } = this;
    const forMs = chance.between(3, 25) * MINUTE;
    const during = (): number => at + chance.between(0.05, 1) * forMs;
    this.put({ at, on, is: 'visit', forMs });
    this.weather(on, at, forMs);
    for (let taps = chance.whole(0, 5); taps > 0; taps -= 1) {
      const apartMs = chance.happens(0.4) ? chance.between(0.5, chance.happens(0.1) ? 4_000 : 20) * 1_000 : 0;
      this.tap(on, during(), apartMs);
    }
    if (this.has('crashes', 0.5)) this.put({ at: during(), on, is: 'crash', steps: chance.whole(1, 40) });
    if (this.has('crashes', 0.2)) this.put({ at: during(), on, is: 'reload' });
    if (this.has('tabs', 0.5)) this.put({ at: during(), on, is: 'tab', unlocked: chance.happens(0.5) });
    if (this.has('tabs', 0.4)) this.put({ at: during(), on, is: 'freeze', forMs: chance.between(0.1, 90) * MINUTE });
    if (this.has('poison', 0.3))
      this.put({
        at: during(),
        on,
        is: 'odd',
        pick: chance.unit(),
        how: chance.pick(['futureKind', 'tooLarge', 'badData', 'choking']),
      });
    if (this.has('strange', 0.2)) this.put({ at: during(), on, is: 'strange', forMs: chance.between(1, 300) * MINUTE });
    if (this.has('full', 0.3)) {
      const room = (): number | null => (chance.happens(0.6) ? chance.whole(0, 12) : null);
      const from = during();
      this.put({ at: from, on, is: 'full', outbox: room(), cache: room() });
      this.put({ at: from + chance.between(1, 60) * MINUTE, on, is: 'full', outbox: null, cache: null });
    }
  }

  private weather(on: number, at: number, forMs: number): void {
    const { chance } = this;
    const share = (most: number): number => chance.pick([0, most / 4, most]);
    const lossy = this.has('lossy', 0.7);
    const forged = this.has('forged', 0.5);
    if (!lossy && !forged) return;
    const weather: Weather = {
      ...CLEAR,
      trip: chance.pick([0, 300, 5_000, 20_000]),
      ...(lossy
        ? { lostRequest: share(0.4), lostAnswer: share(0.4), twice: share(0.3), late: share(0.2), torn: share(0.2) }
        : {}),
      ...(forged ? { portal: share(0.5), cached: share(0.3) } : {}),
    };
    this.put({ at: at - 1, on, is: 'weather', weather });
    this.put({ at: at + forMs * chance.between(0.5, 1), on, is: 'weather', weather: CLEAR });
  }

  private offline(on: number): void {
    const { chance } = this;
    const from = chance.pick(this.shifts) - chance.between(0, 20) * MINUTE;
    const forMs = chance.pick([20 * MINUTE, 3 * HOUR, 2 * DAY, 9 * DAY]) * chance.between(0.5, 1);
    const flaps = chance.happens(0.2) ? chance.whole(3, 12) : 1;
    for (let flap = 0; flap < flaps; flap += 1) {
      const at = from + flap * 6_000;
      this.put({ at, on, is: 'weather', weather: { ...CLEAR, offline: true } });
      this.put({ at: flap + 1 < flaps ? at + 3_000 : at + forMs, on, is: 'weather', weather: CLEAR });
    }
  }

  /** Mostly with work that nobody else has yet. */
  private signOut(on: number, at: number): void {
    const { chance } = this;
    this.put({ at, on, is: 'signOut' });
    if (chance.happens(0.3)) return;
    this.put({ at: at - 8 * MINUTE, on, is: 'visit', forMs: 15 * MINUTE });
    this.put({ at: at - 7 * MINUTE, on, is: 'weather', weather: { ...CLEAR, offline: true } });
    for (let taps = chance.whole(1, 4); taps > 0; taps -= 1)
      this.tap(on, at - chance.between(0.2, 6) * MINUTE, chance.happens(0.3) ? chance.between(0.5, 600) * 1_000 : 0);
    this.put({ at: at + chance.between(0.2, 3) * MINUTE, on, is: 'weather', weather: CLEAR });
  }

  private tap(on: number, at: number, apartMs: number): void {
    this.put({ at, on, is: 'tap', pick: this.chance.unit(), kind: this.chance.whole(0, 99), apartMs });
  }

  private clone(on: number): void {
    const as = this.world.tablets + this.world.desks + this.copies;
    this.copies += 1;
    const at = this.chance.between(0.5, DAYS - 3) * DAY;
    this.put({ at, on, is: 'clone', as });
    for (const shift of this.shifts) if (shift > at) this.visit(as, shift + this.chance.between(0, 60) * MINUTE);
  }

  private deskDays(on: number): void {
    const { chance } = this;
    const each = this.world.large ? 10 : 4;
    for (const shift of this.shifts) {
      const forMs = 40 * MINUTE;
      const at = shift - 15 * MINUTE;
      this.put({ at, on, is: 'visit', forMs });
      const work = (what: DeskWork, after: number): void =>
        this.put({ at: at + after * MINUTE, on, is: 'desk', what, pick: chance.unit(), crew: this.crew() });
      for (let count = chance.whole(1, each); count > 0; count -= 1) {
        const after = chance.between(1, 20);
        work('report', after);
        work('dispatch', after + chance.between(0.5, 5));
      }
      const taken = this.has('taken') ? ['recall', 'reassign', 'reassign', 'note', 'close'] : ['note', 'note', 'close'];
      for (let count = chance.whole(0, 4); count > 0; count -= 1)
        work(chance.pick(taken as readonly DeskWork[]), chance.between(3, 38));
      if (this.has('crashes', 0.2)) this.put({ at: at + 10 * MINUTE, on, is: 'crash', steps: chance.whole(1, 40) });
    }
  }

  private serverDays(): void {
    const { chance } = this;
    const on = -1;
    const busy = (): number => chance.pick(this.shifts) + chance.between(-10, 40) * MINUTE;
    if (this.has('server'))
      for (let count = chance.whole(1, 5); count > 0; count -= 1) {
        const forMs = chance.pick([1, 60, 2_000]) * 1_000 * chance.between(0.5, 1);
        if (chance.happens(0.7))
          this.put({ at: busy(), on, is: 'serverDies', calls: chance.whole(0, 12), done: chance.happens(0.5), forMs });
        else this.put({ at: busy(), on, is: 'serverFull', forMs: forMs * 3 });
      }
    if (this.has('taken', 0.6)) this.some(3, (at) => ({ at, on, is: 'archive' }));
    const backups = this.has('restore') ? chance.whole(2, 4) : chance.pick([0, 0, 3]);
    for (let count = backups; count > 0; count -= 1)
      this.put({ at: chance.happens(0.5) ? busy() : this.anytime(), on, is: 'backup' });
    if (!this.has('restore')) return;
    this.put({ at: HOUR, on, is: 'backup' });
    for (let count = chance.whole(1, 2); count > 0; count -= 1)
      this.put({
        at: busy() + 20 * MINUTE,
        on,
        is: 'restore',
        gatherMs: chance.pick([0, 120_000]),
      });
  }

  private has(fault: Fault, share = 1): boolean {
    const lucky = this.chance.happens(share);
    return this.on.has(fault) && lucky;
  }

  private some(most: number, make: (at: number) => Happening): void {
    for (let count = this.chance.whole(1, most); count > 0; count -= 1) this.put(make(this.anytime()));
  }

  private anytime = (): number =>
    this.chance.happens(0.7)
      ? this.chance.pick(this.shifts) + this.chance.between(0, 60) * MINUTE
      : this.chance.between(0.1, DAYS - 0.5) * DAY;

  private crew = (): number => this.chance.whole(0, this.world.crews - 1);

  private clockOff(): number {
    const { chance } = this;
    const most = chance.pick([20_000, HOUR, 40 * DAY, 365 * DAY]);
    return Math.round(chance.between(-most, most));
  }

  private put(one: Happening): void {
    this.list.push({ ...one, at: Math.max(MINUTE, Math.round(one.at)) });
  }
}
