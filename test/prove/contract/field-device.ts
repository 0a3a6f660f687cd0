import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createHttpTransport, type Http } from '#shared/engine/http-transport.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import type { CacheStorage, OutboxRow, OutboxStorage, Ports } from '#shared/engine/ports.ts';
import type { Draft } from '#shared/event/catalog.ts';
import { asOrderId, type EventId, type OrderId } from '#shared/ids.ts';
import type { PushItem, SyncAnswer } from '#shared/sync/protocol.ts';

/** What was said to be saved on one outbox, in the order it was said. `about`: the text that the order was reported with. */
export type Saved = {
  readonly device: string;
  readonly id: EventId;
  readonly kind: string;
  readonly text: string | null;
  readonly about: string | null;
};

/** Waits of the engine are so much shorter than in the field. */
const SPEED = 30;

type Made = {
  readonly name: string;
  readonly form: 'tablet' | 'desk';
  readonly url: () => string;
  readonly random: () => number;
  /** What a client that is built wrongly makes of an answer. */
  readonly misread?: (answer: SyncAnswer) => SyncAnswer;
};

/** The engine as it is, over HTTP to a real server, with a memory for its storage and a line that can be cut. */
export class FieldDevice {
  readonly made: Made;
  readonly saved: Saved[] = [];
  /** What it has handed over to a server that only gathered. */
  readonly offered = new Set<string>();
  up = true;
  engine: Engine | null = null;
  private outbox: OutboxStorage = createMemoryOutbox();
  private cache: CacheStorage = createMemoryCache();
  private cookies = new Map<string, string>();
  private mirrored: string | null = null;
  private readonly woken = new Set<() => void>();

  constructor(made: Made) {
    this.made = made;
  }

  get name(): string {
    return this.made.name;
  }

  async open(): Promise<Engine> {
    this.engine = await startEngine(this.ports(), { app: 'proof', fix: () => undefined });
    return this.engine;
  }

  async close(): Promise<void> {
    await this.engine?.stop();
    this.engine = null;
  }

  /** Gets its signal back, or loses it. */
  signal(up: boolean): void {
    this.up = up;
    if (up) for (const wake of this.woken) wake();
  }

  /** False: the screen refused it. */
  async record(about: OrderId | 'new', draft: Draft): Promise<OrderId | null> {
    const done = await this.engine?.submit(about, draft);
    if (!done?.ok) return null;
    const order = about === 'new' ? null : (this.engine?.order(about)?.order ?? null);
    const text = 'text' in draft.data ? draft.data.text : 'address' in draft.data ? draft.data.address : null;
    const { value: id } = done;
    this.saved.push({
      device: this.name,
      id,
      kind: draft.kind,
      text: text ?? null,
      about: order?.report?.address ?? null,
    });
    return about === 'new' ? asOrderId(id) : about;
  }

  /** The profile as it lies on the disk, put onto another machine; nothing of it may run. */
  async copied(name: string): Promise<FieldDevice> {
    const copy = new FieldDevice({ ...this.made, name });
    const { meta, rows, taps } = await this.outbox.load();
    if (meta) await copy.outbox.begin(meta.writer, meta.registered);
    for (const n of Array.from({ length: meta?.counter ?? 0 }, (_, index) => index + 1)) {
      const row = rows.find((one) => one.writer === meta?.writer && one.n === n);
      const make = (_n: number, writer: OutboxRow['writer']): OutboxRow =>
        row ?? { writer, n, bytes: '', hash: '', keyId: null, author: null, state: { is: 'waiting', tries: 0 } };
      await copy.outbox.append(make, null);
      if (!row && meta) await copy.outbox.remove([{ writer: meta.writer, n }]);
    }
    for (const tap of taps) await copy.outbox.keepTap(() => tap);
    const held = await this.cache.load();
    const fence = await copy.cache.fence();
    if (!fence.ok) throw new Error('no fence');
    const staged = { clear: true, put: held.staged };
    await copy.cache.apply(fence.value, { clear: true, put: held.records, remove: [], staged, meta: held.meta });
    copy.cookies = new Map(this.cookies);
    copy.mirrored = this.mirrored;
    return copy;
  }

  private http(): Http {
    return async ({ method, path, headers, body }) => {
      if (!this.up) throw new Error('no signal');
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const init = { method, headers: { ...headers, ...(cookie ? { cookie } : {}) }, body };
      const answer = await fetch(`${this.made.url()}${path}`, init);
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        if (at > 0) this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      const text = await answer.text();
      // The signal may go between question and answer.
      if (!this.up) throw new Error('no signal');
      return { status: answer.status, header: (name) => answer.headers.get(name), text };
    };
  }

  private ports(): Ports {
    const page = `${this.name}-${Math.floor(this.made.random() * 1e9).toString(36)}`;
    const born = performance.now();
    const { misread } = this.made;
    const real = createHttpTransport(this.http(), this.made.form);
    const sync: Ports['transport']['sync'] = async (request) => {
      const answer = await real.sync(request);
      if (answer.ok && answer.value.gathering !== undefined)
        for (const { event } of request.push as PushItem[]) this.offered.add(`${event.writer}-${event.n}`);
      return answer.ok && misread ? { ok: true, value: misread(answer.value) } : answer;
    };
    return {
      outbox: this.outbox,
      cache: this.cache,
      transport: { ...real, sync },
      clock: { wall: () => Date.now(), mono: () => performance.now() - born, page },
      wake: {
        after(ms, run) {
          const timer = setTimeout(run, ms / SPEED);
          timer.unref();
          return () => clearTimeout(timer);
        },
        onWake: (run) => {
          this.woken.add(run);
          return () => void this.woken.delete(run);
        },
        onHint: () => () => undefined,
      },
      locks: { hold: (_name, work) => work() },
      bus: { post: () => undefined, listen: () => () => undefined },
      mirror: {
        read: () => this.mirrored,
        write: (text) => {
          this.mirrored = text;
        },
      },
      random: {
        bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(this.made.random() * 256)),
        next: this.made.random,
      },
    };
  }
}
