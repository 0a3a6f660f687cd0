import { expect, test } from 'vitest';

import { createPinStore } from '../storage/pin-store.ts';
import { hexOf } from './random.ts';
import { slowHash } from './slow-hash.ts';

const salt = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array([...text].map((char) => char.charCodeAt(0)));
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

test('is PBKDF2 with SHA-256, as RFC 7914 writes it', async () => {
  expect(hex(await slowHash('passwd', salt('salt'), 1))).toBe(
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  );
});

test('a PIN is kept over a closed page, and forgotten when it is removed', async () => {
  const name = `pin-${hexOf(6)}`;
  const bytes = salt('salt');
  const row = {
    person: 'PRS-1',
    device: 'DEV-1',
    salt: bytes,
    hash: bytes,
    rounds: 1,
    wrong: 2,
    waitUntil: 5,
    afterMin: 15,
  };
  const other = { ...row, person: 'PRS-2' };
  expect(await createPinStore(name).read()).toEqual([]);
  for (const one of [row, other]) expect(await createPinStore(name).write(one.person, one)).toBe(true);
  expect(await createPinStore(name).read()).toMatchObject([row, other]);
  expect(await createPinStore(name).write('PRS-1', null)).toBe(true);
  expect(await createPinStore(name).read()).toMatchObject([other]);
});
