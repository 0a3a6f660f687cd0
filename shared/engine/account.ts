import type * as z from 'zod/mini';

import { RegisterWriter, Session, SignedIn } from '../api/session.ts';
import { mintWriter, type PersonId, type WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { readAnswer, type Unanswered } from './http-transport.ts';
import type { Outbox, Own } from './outbox.ts';
import type { CacheStorage, Random, Transport } from './ports.ts';
import type { ReadModel } from './read-model.ts';
import { restamp } from './restamp.ts';
import { hex } from './submit.ts';

/** Who this device belongs to. Nothing here touches what the outbox holds (I19). */
export type Account = {
  readonly signIn: (name: string, password: string) => Promise<Result<Session, Unanswered>>;
  readonly enrol: (code: string) => Promise<Result<Session, Unanswered>>;
  readonly signOut: () => Promise<void>;
  /** From now on this person works here, if they have signed in on this tablet. Needs no signal. */
  readonly actAs: (person: PersonId) => Promise<boolean>;
  /** Asks the server who we are; keeps what is stored when there is no answer. */
  readonly refresh: () => Promise<Result<Session, Unanswered>>;
  /** Makes a writer's name known to the server; gives the one it is to have. */
  readonly register: (wanted: WriterId) => Promise<Result<WriterId, Unanswered>>;
  /** The writer to speak as, its name known to the server, or why there is none yet. */
  readonly writer: () => Promise<Result<WriterId, 'signInNeeded' | 'network'>>;
};

type Deps = {
  readonly transport: Transport;
  readonly outbox: Outbox;
  readonly model: ReadModel;
  readonly cache: CacheStorage;
  readonly random: Random;
  readonly now: () => number;
  readonly onSession: () => void;
  /** These events have other names now. */
  readonly onMoved: (moved: readonly Own[]) => void;
};

export function createAccount({ transport, outbox, model, cache, random, now, onSession, onMoved }: Deps): Account {
  const keep = async (session: Session | null): Promise<boolean> => {
    const stored = await cache.saveSession(session);
    if (!stored.ok) return false;
    model.setMeta({ session });
    onSession();
    return true;
  };

  const enter = async (answer: Result<z.output<typeof SignedIn>, Unanswered>): Promise<Result<Session, Unanswered>> => {
    if (!answer.ok) return answer;
    const { session, writer } = answer.value;
    const known = outbox.meta();
    // A later outbox of the same device keeps its own name: the answer may only know the first one.
    const begun = known && isSameDevice(known.writer, writer) ? ok(known) : await outbox.begin(writer, true);
    if (!begun.ok || !(await keep(session))) return err('defect');
    return ok(session);
  };

  const register = async (wanted: WriterId): Promise<Result<WriterId, Unanswered>> => {
    const answer = readAnswer(RegisterWriter, await transport.ask('POST', '/v1/writers', { writer: wanted }));
    return answer.ok ? ok(answer.value.writer) : answer;
  };

  const refresh = async (): Promise<Result<Session, Unanswered>> => {
    const before = JSON.stringify(model.meta().session);
    // Under an address of its own, so that nobody on the way has an old answer to it (I22).
    const path = `/v1/session?at=${hex(random.bytes(6))}`;
    const answer = readAnswer(Session, await transport.ask('GET', path));
    if (!answer.ok) return answer;
    const now = model.meta().session;
    const session = { ...answer.value, person: working(answer.value, now) };
    // Who came or went meanwhile knows better than an answer that was on its way.
    const isLate = JSON.stringify(now) !== before;
    if (!isLate && JSON.stringify(session) !== before) await keep(session);
    return ok(session);
  };

  return {
    async signIn(name, password) {
      const writer = outbox.meta()?.writer ?? null;
      return enter(readAnswer(SignedIn, await transport.ask('POST', '/v1/session', { name, password, writer })));
    },
    async enrol(code) {
      return enter(readAnswer(SignedIn, await transport.ask('POST', '/v1/enrol', { code })));
    },
    async signOut() {
      await transport.ask('DELETE', '/v1/session');
      await keep(null);
    },
    async actAs(id) {
      const session = model.meta().session;
      const person = session?.people?.find((one) => one.id === id);
      return session != null && person !== undefined && keep({ ...session, person });
    },
    refresh,
    register,
    async writer() {
      const meta = outbox.meta();
      const { session, lastSuccessAt } = model.meta();
      if (meta?.registered && session) return ok(meta.writer);
      // Who signed out here stays out, also if the server was not there to hear it.
      if (meta?.registered && lastSuccessAt !== null) return err('signInNeeded');
      // The session lives in a cookie: it may have outlasted a cache that was evicted (I15).
      const asked = session ? ok(session) : await refresh();
      if (!asked.ok) return err(asked.error === 'network' ? 'network' : 'signInNeeded');
      if (meta?.registered) return ok(meta.writer);
      const wanted = meta?.writer ?? mintWriter(random.bytes(2), mintWriter(random.bytes(3)));
      const given = await register(wanted);
      if (!given.ok) return err(given.error === 'signInNeeded' ? 'signInNeeded' : 'network');
      // A session and no outbox: what was in an earlier one is gone, and nothing here knows what it was.
      const begun = await outbox.begin(given.value, true, meta ? undefined : now());
      if (!begun.ok) return err('network');
      if (!meta) onMoved([]);
      // A name that was minted here and never sent may be somebody else's; what was recorded under it, until the other
      // one began, takes that.
      const recorded = outbox.all().filter(({ row }) => row.writer === meta?.writer);
      if (recorded.length === 0 || begun.value.writer === meta?.writer) return ok(begun.value.writer);
      const moved = await restamp(outbox, recorded);
      if (moved.ok) onMoved(moved.value);
      return ok(begun.value.writer);
    },
  };
}

/** Of several on one tablet the one who works now is known here alone. */
const working = ({ device, person, people }: Session, before: Session | null): Session['person'] => {
  if (before?.device !== device) return person;
  return people?.find(({ id }) => id === before.person.id) ?? person;
};

const isSameDevice = (a: WriterId, b: WriterId): boolean => a.slice(0, 3) === b.slice(0, 3);
