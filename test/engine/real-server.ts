import type { Session } from '#shared/api/session.ts';
import type { SyncFailure, Transport } from '#shared/engine/ports.ts';
import { WriterId, type PersonId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import { fakeRandom } from '../../server/device/fake-random.ts';
import { createEnrolment } from '../../server/services/enrolment.ts';
import type { Device, World } from '../laws/world.ts';

/** What goes over one line, and may be changed on the way. */
export type OnTheWay = {
  readonly request?: (request: SyncRequest) => SyncRequest;
  readonly answer?: (answer: SyncAnswer) => SyncAnswer;
};

/** The real server's core, as one device reaches it; every copy of the device's profile shares it. */
export class RealServer implements Transport {
  readonly world: World;
  readonly device: Device;
  requests: SyncRequest[] = [];
  answers: SyncAnswer[] = [];
  /** True: the next exchange is lost. */
  down: () => boolean = () => false;
  onTheWay: OnTheWay = {};
  /** Who enrolled here last. */
  person: PersonId;
  private readonly now: () => number;

  constructor(world: World, device: Device, now: () => number) {
    this.world = world;
    this.device = device;
    this.now = now;
    this.person = device.of.who;
  }

  sync = async (request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>> => {
    if (this.down()) return err({ is: 'network', afterMs: 0 });
    this.world.clock.advance(Math.max(0, this.now() - this.world.clock()));
    const sent = JSON.parse(JSON.stringify(this.onTheWay.request?.(request) ?? request)) as SyncRequest;
    this.requests.push(sent);
    // As on the line: the server's own form of an event is not what a client reads.
    const answer = JSON.parse(
      JSON.stringify(await this.world.sync(await this.device.asker(), sent, this.world.clock())),
    ) as SyncAnswer;
    const got = this.onTheWay.answer?.(answer) ?? answer;
    this.answers.push(got);
    return this.down() ? err({ is: 'network', afterMs: 0 }) : ok(got);
  };

  ask = async (method: string, path: string, body?: unknown): Promise<Result<unknown, 'network' | 'badRequest'>> => {
    if (this.down()) return err('network');
    if (path === '/v1/enrol') return ok({ session: await this.session(), writer: this.device.of.name });
    if (path.startsWith('/v1/session')) return ok(method === 'GET' ? await this.session() : null);
    if (path !== '/v1/writers') return err('badRequest');
    const { store } = this.world;
    const row = await store.roster.device(this.device.of.id);
    if (!row) return err('badRequest');
    const enrolment = createEnrolment({
      roster: store.roster,
      random: fakeRandom(`names ${this.now()}`),
      record: store.log.record,
    });
    const wanted = WriterId.parse((body as { writer: string }).writer);
    return ok({ writer: await enrolment.register(row, wanted, this.device.of.who) });
  };

  private async session(): Promise<Session> {
    const { id, form, role } = this.device.of;
    const named = (one: PersonId) => ({ id: one, name: `人 ${one}`, role });
    const people = await this.world.store.accounts.peopleOn(id);
    const row = await this.world.store.roster.device(id);
    const crew = row?.crew ? await this.world.store.roster.crew(row.crew) : null;
    const unit = await this.world.store.roster.unit(this.device.of.unit);
    if (!unit) throw new Error('a device without a unit');
    return {
      device: id,
      form,
      person: named(this.person),
      ...(people.length > 1 ? { people: people.map(named) } : {}),
      unit,
      crew: crew && { id: crew.id, name: crew.name },
    };
  }
}
