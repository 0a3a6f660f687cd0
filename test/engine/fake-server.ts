import type { Session } from '#shared/api/session.ts';
import { CHAIN_START, chainNext } from '#shared/canonical.ts';
import type { SyncFailure, Transport } from '#shared/engine/ports.ts';
import { Envelope, envelopeHash, envelopeText, idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import type { DeviceId, PersonId, Subject, UnitId, WriterId, CrewId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Ack, Cursor, Drop, HeldCode, Page, SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';
import { exactly } from '#shared/time/event-time.ts';

export const CREW = 'DKR-3' as CrewId;
export const UNIT = 'DKR-1' as UnitId;
export const PERSON = 'DKR-2' as PersonId;

export const TABLET: Session = {
  device: 'DKR-4' as DeviceId,
  form: 'tablet',
  person: { id: PERSON, name: 'Li Wei', role: 'crew' },
  unit: { id: UNIT, name: 'North' },
  crew: { id: CREW, name: 'Crew 3' },
};

/** What the line does to one exchange. */
export type Fault = 'none' | 'lostRequest' | 'lostAnswer' | 'twice' | 'portal' | 'signedOut' | 'busy';

/**
 * A server small enough to be obviously right: one list of events, every order in everybody's scope, pages of a few
 * events so that pulls take several. It judges the engine, so it shares nothing with the real server.
 */
export class FakeServer implements Transport {
  log: LoggedEvent[] = [];
  epoch = 'e1';
  safe: number | null = null;
  pageEvents = 3;
  now: () => number;
  writer = 'A7K' as WriterId;
  drops: Drop[] = [];
  requests: SyncRequest[] = [];
  faults: Fault[] = [];
  /** Events it puts into quarantine. */
  refuses: (event: Envelope) => HeldCode | null = () => null;
  /** A batch that kills it. */
  diesOf: (events: readonly Envelope[]) => boolean = () => false;
  held = new Map<string, HeldCode>();
  registered = new Set<WriterId>(['A7K' as WriterId]);
  names: (wanted: WriterId) => WriterId = (wanted) => wanted;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Something others recorded. */
  put(event: Envelope): void {
    const q = this.log.length + 1;
    const rcv = this.now();
    this.log.push({ event, hash: envelopeHash(envelopeText(event)), q, rcv, time: exactly(rcv) });
  }

  /** The machine died and an older backup took its place. */
  restore(q: number): void {
    this.log = this.log.slice(0, q);
    this.held.clear();
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`;
  }

  ask = (method: string, path: string, body?: unknown): Promise<Result<unknown, 'network' | 'badRequest'>> => {
    if (this.faults[0] === 'lostRequest') {
      this.faults.shift();
      return Promise.resolve(err('network'));
    }
    if (path === '/v1/enrol') return Promise.resolve(ok({ session: TABLET, writer: this.writer }));
    if (path.startsWith('/v1/session')) return Promise.resolve(ok(method === 'GET' ? TABLET : null));
    if (path === '/v1/writers') {
      const writer = this.names((body as { writer: WriterId }).writer);
      this.registered.add(writer);
      return Promise.resolve(ok({ writer }));
    }
    return Promise.resolve(err('badRequest'));
  };

  sync = (request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>> => {
    const fault = this.faults.shift() ?? 'none';
    const sent = JSON.parse(JSON.stringify(request)) as SyncRequest;
    const fail = (is: SyncFailure['is'], afterMs = 0) => Promise.resolve(err({ is, afterMs }));
    if (fault === 'lostRequest') return fail('network');
    if (fault === 'portal') return fail('captivePortal');
    if (fault === 'signedOut') return fail('signInNeeded');
    if (fault === 'busy') return fail('busy', 2_000);
    if (this.diesOf(sent.push.map((item) => (item as { event: Envelope }).event))) return fail('network');
    this.requests.push(sent);
    const first = this.answer(sent);
    const answer = fault === 'twice' ? this.answer(sent) : first;
    return fault === 'lostAnswer' ? fail('network') : Promise.resolve(ok(answer));
  };

  private answer(request: SyncRequest): SyncAnswer {
    const acks = request.push.map((item) => this.take(item as { event: unknown; hash: string }, request.writer));
    const page = request.pull ? this.page(request.cursor) : null;
    const clock = { received: this.now(), answered: this.now() };
    const { epoch, safe } = this;
    const need = this.need(request);
    return { proto: 1, req: request.req, epoch, head: this.log.length, safe, clock, acks, need, page, live: null };
  }

  private take(item: { event: unknown; hash: string }, writer: WriterId): Ack {
    const event = Envelope.parse(item.event);
    const known = this.log.find((one) => idOf(one.event) === idOf(event));
    if (known) return { is: 'dup', n: event.n, q: known.q };
    const code = event.writer === writer && this.registered.has(writer) ? this.refuses(event) : 'foreignWriter';
    if (code) {
      this.held.set(idOf(event), code);
      return { is: 'held', n: event.n, code, ref: `r${event.n}` };
    }
    if (envelopeHash(envelopeText(event)) !== item.hash) throw new Error('the hash is not the one of these bytes');
    this.put(event);
    return { is: 'ok', n: event.n, q: this.log.length };
  }

  private need(request: SyncRequest): [number, number][] {
    const have = new Set(this.log.map((one) => idOf(one.event) as string).concat([...this.held.keys()]));
    return Array.from({ length: request.hiN }, (_, index) => index + 1)
      .filter((n) => !have.has(`${request.writer}-${n}`))
      .map((n) => [n, n]);
  }

  /** Recorded about an order after it left the scope. */
  private isGone({ event, q }: LoggedEvent): boolean {
    return this.drops.some((drop) => drop.subject === event.subject && drop.q < q);
  }

  private chain(q: number): string {
    return this.log.slice(0, q).reduce((h, one) => chainNext(h, idOf(one.event), one.hash), CHAIN_START);
  }

  private page(cursor: Cursor | null): Page {
    const good =
      cursor !== null &&
      cursor.epoch === this.epoch &&
      cursor.q <= this.log.length &&
      cursor.h === this.chain(cursor.q);
    const from = good ? cursor.q : 0;
    const towards = good ? cursor.towards : undefined;
    const to = towards?.q ?? this.log.length;
    const bySubject = new Map<Subject, LoggedEvent[]>();
    for (const one of this.log)
      if (one.q > from && one.q <= to && !this.isGone(one))
        bySubject.set(one.event.subject, [...(bySubject.get(one.event.subject) ?? []), one]);
    const rest = [...bySubject].filter(([subject]) => !towards || subject > towards.after).toSorted(bySubjectName);
    const subjects: Page['subjects'] = [];
    let count = 0;
    for (const [subject, events] of rest) {
      if (count > 0 && count + events.length > this.pageEvents) break;
      count += events.length;
      subjects.push({ subject, events });
    }
    const last = subjects.at(-1)?.subject;
    const more = last !== undefined && subjects.length < rest.length ? { after: last } : null;
    const drops = more ? [] : this.drops.filter((drop) => drop.q > from && drop.q <= to);
    return { from, to, h: this.chain(to), epoch: this.epoch, scope: 's', reset: !good, more, subjects, drops };
  }
}

const bySubjectName = (a: readonly [Subject, unknown], b: readonly [Subject, unknown]): number =>
  a[0] < b[0] ? -1 : 1;
