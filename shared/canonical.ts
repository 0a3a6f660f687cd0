import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys sorted by code unit, no spaces, `undefined` members left out.
 * The same function runs on tablet and server, so equal values hash equally.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonical(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** sha256 of a text's UTF-8, 64 hex digits. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/**
 * Chain value of the next event in the log: binds everything before it (I12). 16 hex digits. `digest`: the platform's own
 * sha256 in hex, where it has a faster one.
 */
export const chainNext = (previous: string, id: string, hash: string, digest = sha256Hex): string =>
  digest(`${previous}|${id}|${hash}`).slice(0, 16);

export const CHAIN_START = '0000000000000000';

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
