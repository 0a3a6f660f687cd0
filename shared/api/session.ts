import * as z from 'zod/mini';

import { Role } from '../event/organisation.ts';
import { CrewId, DeviceId, PersonId, UnitId, WriterId } from '../ids.ts';

const Who = z.object({ id: PersonId, name: z.string(), role: Role });

/**
 * Who is asking, as the server sees it. A tablet's session is its device; a desk's is a person on a device. `people`: all who
 * have signed in on this tablet, where they are several; the server says whose session it is, on the tablet `person` is whoever works now.
 */
export const Session = z.object({
  device: DeviceId,
  form: z.enum(['tablet', 'desk']),
  person: Who,
  people: z.optional(z.array(Who)),
  unit: z.object({ id: UnitId, name: z.string() }),
  crew: z.nullable(z.object({ id: CrewId, name: z.string() })),
});
export type Session = z.infer<typeof Session>;

/**
 * `device`: the desk browser's own device, once it has one. The answer sets the session cookie.
 * `writer`: the outbox that already is on this device, or null; the answer names the writer to use.
 */
export const SignIn = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  writer: z.nullable(WriterId),
});
export type SignIn = z.infer<typeof SignIn>;

/** The one-time code of eight letters, dash optional. */
export const Enrol = z.object({ code: z.string().check(z.minLength(8), z.maxLength(12)) });
export type Enrol = z.infer<typeof Enrol>;

export const SignedIn = z.object({ session: Session, writer: WriterId });
export type SignedIn = z.infer<typeof SignedIn>;

/** A later outbox on an enrolled device: the name it minted, or another one if that is taken. */
export const RegisterWriter = z.object({ writer: WriterId });
export type RegisterWriter = z.infer<typeof RegisterWriter>;

/** The accounts of a demonstration, shown on its sign-in page; empty on a real server. */
export const DemoAccounts = z.object({
  accounts: z.array(z.object({ name: z.string(), password: z.string(), role: Role })),
  codes: z.array(z.object({ code: z.string(), crew: z.string() })),
});
export type DemoAccounts = z.infer<typeof DemoAccounts>;
