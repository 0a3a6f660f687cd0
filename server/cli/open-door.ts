import { createEnrolment } from '../services/enrolment.ts';
import { createPasswords } from '../services/passwords.ts';
import { createSessions } from '../services/sessions.ts';
import { createSignIn, type SignInDoor } from '../services/sign-in.ts';
import { createTries } from '../services/tries.ts';
import type { Store } from '../store/store.ts';
import type { Terminal } from './terminal.ts';

/** Logins and enrolment codes, as the server makes them. */
export function openDoor(
  { accounts, roster, log }: Store,
  { clock, random }: Pick<Terminal, 'clock' | 'random'>,
): SignInDoor {
  const enrolment = createEnrolment({ roster, random, record: log.record });
  const sessions = createSessions({ accounts, roster, enrolment, clock, random });
  const passwords = createPasswords(random);
  return createSignIn({ accounts, roster, enrolment, sessions, passwords, tries: createTries(clock), clock, random });
}
