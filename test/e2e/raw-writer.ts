import { appendFileSync } from 'node:fs';

import { SignedIn, type SignIn } from '#shared/api/session.ts';
import type { DataOf, Kind } from '#shared/event/catalog.ts';
import { CATALOG } from '#shared/event/catalog.ts';
import { envelopeHash, envelopeText, type Envelope } from '#shared/event/envelope.ts';
import { eventId, subjectOf, type EventId, type PersonId, type Subject, type WriterId } from '#shared/ids.ts';
import { SyncAnswer, type Ack, type Cursor, type PushItem, type SyncRequest } from '#shared/sync/protocol.ts';

import type { AckLine } from './custody-check.ts';

/** The server answered, and did not take the events. */
export class NotTaken extends Error {
  readonly status: number;
  /** What it said why. */
  readonly body: string;

  constructor(status: number, body: string) {
    super(`sync said ${status}: ${body}`);
    this.name = 'NotTaken';
    this.status = status;
    this.body = body;
  }
}

/**
 * A client that speaks the bare protocol: it numbers its events, pushes them in order, keeps what is not acknowledged,
 * and writes each acknowledgement it hears to its own file. No engine, so that the server is judged alone.
 */
export class RawWriter {
  readonly acks: AckLine[] = [];
  inFlight = false;
  private readonly waiting: PushItem[] = [];
  private n = 0;
  readonly writer: WriterId;
  readonly person: PersonId;
  readonly crew: EventId | null;
  readonly unit: EventId;
  private readonly token: string;
  private readonly ackFile: string | null;

  private constructor({ session, writer }: SignedIn, token: string, ackFile: string | null) {
    this.writer = writer;
    this.person = session.person.id;
    this.crew = session.crew?.id ?? null;
    this.unit = session.unit.id;
    this.token = token;
    this.ackFile = ackFile;
  }

  static enrol = (url: string, code: string, ackFile: string | null = null): Promise<RawWriter> =>
    RawWriter.open(`${url}/v1/enrol`, { code }, ackFile);

  static signIn = (url: string, name: string, password: string): Promise<RawWriter> =>
    RawWriter.open(`${url}/v1/session`, { name, password, writer: null } satisfies SignIn, null);

  private static async open(url: string, body: object, ackFile: string | null): Promise<RawWriter> {
    const origin = new URL(url).origin;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${url} said ${answer.status}: ${await answer.text()}`);
    const token = /(?:__Host-)?relight(?:-tablet)?=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    if (!token) throw new Error('no session cookie');
    return new RawWriter(SignedIn.parse(await answer.json()), token, ackFile);
  }

  /** Makes an event and queues it; without a subject it begins its own. Gives back its id. */
  make<K extends Kind>(kind: K, data: DataOf<K>, subject?: Subject): EventId {
    this.n += 1;
    const id = eventId(this.writer, this.n);
    const event: Envelope = {
      writer: this.writer,
      n: this.n,
      subject: subject ?? subjectOf(CATALOG[kind].subject, id),
      kind,
      v: CATALOG[kind].v,
      data,
      by: this.person,
      seen: null,
      clock: { wall: Date.now(), mono: performance.now(), page: 'raw' },
    };
    this.waiting.push({ event, hash: envelopeHash(envelopeText(event)) });
    return id;
  }

  get queued(): number {
    return this.waiting.length;
  }

  /** Pushes what waits (at most `most`). Network failures and refusals (`NotTaken`) reject; the events stay queued. */
  async push(url: string, most = 200): Promise<SyncAnswer> {
    const req = crypto.randomUUID();
    this.inFlight = true;
    try {
      const answer = await this.sync(url, { req, pull: false, push: this.waiting.slice(0, most), cursor: null });
      if (!answer.ok) throw new NotTaken(answer.status, await answer.text());
      const said = SyncAnswer.parse(await answer.json());
      this.take(said.acks, req);
      return said;
    } finally {
      this.inFlight = false;
    }
  }

  /** Pushes what waits and asks for what came after the cursor, in one request. `seen`: told the body it sends. */
  async exchange(url: string, cursor: Cursor | null, seen?: (body: string) => void): Promise<SyncAnswer> {
    const req = crypto.randomUUID();
    const what = { req, pull: true, push: this.waiting.slice(0, 200), cursor };
    const answer = await this.sync(url, what, seen);
    if (!answer.ok) throw new NotTaken(answer.status, await answer.text());
    const said = SyncAnswer.parse(await answer.json());
    this.take(said.acks, req);
    return said;
  }

  /** Asks for what came after the cursor, null: for everything, and brings nothing. Rejects as `push` does. */
  async pull(url: string, cursor: Cursor | null = null): Promise<SyncAnswer> {
    const answer = await this.sync(url, { req: crypto.randomUUID(), pull: true, push: [], cursor });
    if (!answer.ok) throw new NotTaken(answer.status, await answer.text());
    return SyncAnswer.parse(await answer.json());
  }

  private sync(
    url: string,
    what: Pick<SyncRequest, 'req' | 'pull' | 'push' | 'cursor'>,
    seen: (body: string) => void = () => {},
  ): Promise<Response> {
    const body = JSON.stringify({
      proto: 1,
      writer: this.writer,
      app: 'raw',
      hiN: this.n,
      openTaps: 0,
      parked: 0,
      clock: { wall: Date.now(), mono: performance.now(), page: 'raw' },
      ...what,
    });
    seen(body);
    return fetch(`${url}/v1/sync`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // So that an answer can be read where it leaves the server.
        'accept-encoding': 'identity',
        authorization: `Bearer ${this.token}`,
      },
      body,
    });
  }

  private take(acks: readonly Ack[], req: string): void {
    const heard: AckLine[] = [];
    for (const ack of acks) {
      if (ack.is === 'held') throw new Error(`${this.writer}-${ack.n} was held: ${ack.code}`);
      const index = this.waiting.findIndex((item) => item.event.n === ack.n);
      const item = this.waiting[index];
      if (!item) continue;
      heard.push({ writer: this.writer, n: ack.n, hash: item.hash, q: ack.q, req });
      this.waiting.splice(index, 1);
    }
    this.acks.push(...heard);
    if (this.ackFile && heard.length > 0)
      appendFileSync(this.ackFile, heard.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
}
