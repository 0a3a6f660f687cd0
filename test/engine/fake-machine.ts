import { setImmediate } from 'node:timers/promises';

import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import type { CacheStorage, Mirror, Notice, OutboxRow, OutboxStorage, Ports, Transport } from '#shared/engine/ports.ts';

/** Time and timers that move only when told to. */
export class FakeTime {
  now = Date.parse('2026-11-21T08:00:00Z');
  private timers: { at: number; run: () => void }[] = [];

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  };

  /** Lets everything happen that happens within `ms`. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (;;) {
      const next = this.timers.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await settle();
    }
    this.now = end;
  }

  forget(): void {
    this.timers = [];
  }
}

/** Promises that wait for nothing but each other are done after this. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await setImmediate();
}

/** A tablet without a screen: what it stored outlives its engine, as it does a browser that was killed. */
export class FakeMachine {
  outbox: OutboxStorage = createMemoryOutbox();
  cache: CacheStorage = createMemoryCache();
  mirrored: string | null = null;
  /** How far its own clock stands from true time, ms. */
  wallOff = 0;
  /** What the server says over the stream of hints. */
  hint: (head: number | null) => void = () => undefined;
  private pages = 0;
  private readonly ears = new Map<string, (notice: Notice) => void>();
  private alive = { dead: false };
  private stepsLeft = Number.POSITIVE_INFINITY;
  private readonly time: FakeTime;
  private readonly server: Transport;
  private seed: number;

  constructor(time: FakeTime, server: Transport, seed = 1) {
    this.time = time;
    this.server = server;
    this.seed = seed;
  }

  /** Opens the app. After `steps` calls into storage or network it dies between two of them. */
  start(steps = Number.POSITIVE_INFINITY): Promise<Engine> {
    this.kill();
    this.alive = { dead: false };
    this.stepsLeft = steps;
    return startEngine(this.ports(), { app: 'test', fix: () => undefined });
  }

  /** Another page beside the one that is open, which goes on leading until it is this one's `turn`. */
  startBeside(turn: Promise<void> = new Promise<never>(doNothing)): Promise<Engine> {
    const locks: Ports['locks'] = { hold: (_name, work) => turn.then(work) };
    return startEngine({ ...this.ports(), locks }, { app: 'test', fix: () => undefined });
  }

  /** The profile, copied to another machine while nothing of it runs: what is stored, and the mirror with it. */
  async cloned(time: FakeTime, seed: number): Promise<FakeMachine> {
    const copy = new FakeMachine(time, this.server, seed);
    const { meta, rows, taps } = await this.outbox.load();
    if (meta) await copy.outbox.begin(meta.writer, meta.registered);
    const numbers = Array.from({ length: meta?.counter ?? 0 }, (_, index) => index + 1);
    for (const n of numbers) {
      const row = rows.find((one) => one.writer === meta?.writer && one.n === n);
      const make = (_n: number, writer: OutboxRow['writer']): OutboxRow =>
        row ?? { writer, n, bytes: '', hash: '', keyId: null, author: null, state: { is: 'waiting', tries: 0 } };
      await copy.outbox.append(make, null);
      if (!row && meta) await copy.outbox.remove([{ writer: meta.writer, n }]);
    }
    for (const tap of taps) await copy.outbox.keepTap(() => tap);
    const { meta: cached, records, staged } = await this.cache.load();
    const fence = await copy.cache.fence();
    if (!fence.ok) throw new Error('no fence');
    const patch = { clear: true, put: records, remove: [], staged: { clear: true, put: staged }, meta: cached };
    await copy.cache.apply(fence.value, patch);
    copy.mirrored = this.mirrored;
    return copy;
  }

  /** SIGKILL: nothing that was going on ever goes on. */
  kill(): void {
    this.alive.dead = true;
    this.ears.clear();
    this.time.forget();
  }

  get dead(): boolean {
    return this.alive.dead;
  }

  private mortal<T extends object>(port: T): T {
    const { alive } = this;
    return new Proxy(port, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]): Promise<unknown> => {
          await this.step(alive);
          const result: unknown = await (member as (...all: unknown[]) => unknown).apply(target, args);
          await this.step(alive);
          return result;
        };
      },
    });
  }

  private async step(alive: { dead: boolean }): Promise<void> {
    this.stepsLeft -= 1;
    if (this.stepsLeft <= 0 && !alive.dead) this.kill();
    if (alive.dead) await new Promise<never>(doNothing);
  }

  private ports(): Ports {
    const page = `p${(this.pages += 1)}`;
    const born = this.time.now;
    const { alive } = this;
    const mirror: Mirror = {
      read: () => this.mirrored,
      write: (text) => {
        if (!alive.dead) this.mirrored = text;
      },
    };
    return {
      outbox: this.mortal(this.outbox),
      cache: this.mortal(this.cache),
      transport: this.mortal({ sync: this.server.sync, ask: this.server.ask }) as Ports['transport'],
      clock: { wall: () => this.time.now + this.wallOff, mono: () => this.time.now - born, page },
      wake: {
        after: (ms, run) => this.time.after(ms, () => (alive.dead ? undefined : run())),
        onWake: () => () => undefined,
        onHint: (run) => {
          this.hint = run;
          return () => undefined;
        },
      },
      locks: { hold: (_name, work) => work() },
      bus: {
        post: (notice) => this.ears.forEach((hear, other) => (other === page ? undefined : hear(notice))),
        listen: (hear) => {
          this.ears.set(page, hear);
          return () => void this.ears.delete(page);
        },
      },
      mirror,
      random: {
        bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(this.chance() * 256)),
        next: () => this.chance(),
      },
    };
  }

  private chance(): number {
    this.seed = (this.seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.seed / 2_147_483_648;
  }
}

const doNothing = (): void => undefined;
