import { scrypt, timingSafeEqual } from 'node:crypto';

import type { Random } from '../device/random.ts';

/** scrypt's numbers: N = 2^logN. */
export type PasswordCost = { readonly logN: number; readonly r: number; readonly p: number };

export type Passwords = {
  /** The text to store: parameters, salt and hash. */
  readonly hash: (password: string) => Promise<string>;
  /** Null stored: nobody has that name; takes as long as a wrong password. Busy: too many are waiting. */
  readonly check: (password: string, stored: string | null) => Promise<boolean | 'busy'>;
};

/** About 0.35 s and 32 MiB a check. */
const USUAL_COST: PasswordCost = { logN: 15, r: 8, p: 3 };
const AT_ONCE = 2;
const WAITING_AT_MOST = 32;

/** A flood of sign-ins waits in line here instead of filling the thread pool that the rest of the server needs. */
export function createPasswords(random: Random, cost: PasswordCost = USUAL_COST): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;

  const inTurn = async (work: () => Promise<boolean>): Promise<boolean | 'busy'> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING_AT_MOST) return 'busy';
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };

  return {
    hash: async (password) => {
      const salt = random(16);
      const key = await derive(password, salt, cost);
      return ['scrypt', cost.logN, cost.r, cost.p, base64(salt), base64(key)].join('$');
    },
    check: (password, stored) =>
      inTurn(async () => {
        const known = stored === null ? null : parse(stored);
        const key = await derive(password, known?.salt ?? new Uint8Array(16), known?.cost ?? cost);
        return known !== null && timingSafeEqual(key, known.key);
      }),
  };
}

function derive(password: string, salt: Uint8Array, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** logN;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function parse(stored: string): { cost: PasswordCost; salt: Buffer; key: Buffer } {
  const [, logN, r, p, salt = '', key = ''] = stored.split('$');
  const parsed = {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
  if (!stored.startsWith('scrypt$') || parsed.key.length !== KEY_BYTES) throw new Error('a stored password is damaged');
  return parsed;
}

const KEY_BYTES = 32;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
