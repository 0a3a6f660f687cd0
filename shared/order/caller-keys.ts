import { comparable } from './comparable.ts';

/** By what a caller is looked up. */
export const CALLER_FIELDS = ['account', 'phone', 'name', 'address'] as const;
export type CallerField = (typeof CALLER_FIELDS)[number];

export type CallerTexts = { readonly [F in CallerField]: string | null };

/**
 * What a caller is found by: each key begins with its field's letter, and somebody is found whose key begins with the key of
 * what was typed. An address has one from each of its parts on, so that 幸福路18号 finds 青山市幸福路18号.
 */
export function callerKeys(caller: CallerTexts): readonly string[] {
  const keys = CALLER_FIELDS.flatMap((field) => {
    const text = caller[field];
    if (text === null) return [];
    return partsOf(field, text).flatMap((part) => {
      const plain = plainOf(field, part);
      return plain === '' ? [] : [`${LETTER[field]}${plain}`];
    });
  });
  return [...new Set(keys)];
}

/** The key that those of whoever is meant begin with; null: too little was typed to mean anybody. */
export function lookupKey(field: CallerField, typed: string): string | null {
  const plain = plainOf(field, typed);
  return plain.length < LEAST[field] ? null : `${LETTER[field]}${plain}`;
}

/** Does a text have a key that begins with `key`, a look-up of its field? */
export function beginsSo(field: CallerField, text: string | null, key: string): boolean {
  // Most texts do not hold it at all, and there may be thousands to ask.
  if (text === null || !wholeOf(field, text).includes(key.slice(1))) return false;
  return partsOf(field, text).some((part) => plainOf(field, part).startsWith(key.slice(1)));
}

/** Of the characters typed; fewer name half the town. */
const LEAST: { readonly [F in CallerField]: number } = { account: 3, phone: 3, name: 2, address: 2 };
const LETTER: { readonly [F in CallerField]: string } = { account: 'a', phone: 'p', name: 'n', address: 'd' };

/** Nobody types more than this before they choose. */
const KEY_LENGTH = 40;
const PARTS = 6;

function plainOf(field: CallerField, text: string): string {
  return [...wholeOf(field, text)].slice(0, KEY_LENGTH).join('');
}

function wholeOf(field: CallerField, text: string): string {
  const ignored = field === 'phone' ? /[^\p{Nd}*]/gu : field === 'address' ? /[\s,.，。]/gu : /[^\p{L}\p{N}*]/gu;
  return comparable(text).replaceAll(ignored, '');
}

/** Where people begin to say it: a number from its area code on or without it, or by its last four figures. */
function partsOf(field: CallerField, text: string): readonly string[] {
  switch (field) {
    case 'account':
      return [text];
    case 'phone':
      return [text, text.replace(/^\s*(?:\+|00)\d{2}[\s-]?/, ''), text.split(/[\s-]/).at(-1) ?? '', text.slice(-4)];
    case 'name':
      return [text, ...text.trim().split(/\s+/).slice(1)];
    case 'address':
      return [text, ...laterParts(text)].slice(0, PARTS);
  }
}

/** From each street, quarter or word on; a bare house number is no place. */
function laterParts(address: string): readonly string[] {
  const parts: string[] = [];
  for (const { index, 0: end } of address.matchAll(/[省市区區县縣镇鎮乡鄉村里街道路巷弄]+|[\s,，]+/gu)) {
    const rest = address.slice(index + end.length);
    if (/\p{L}/u.test(rest.replaceAll(/[号號栋棟幢楼樓单元單室层層户戶]/gu, ''))) parts.push(rest);
  }
  return parts;
}
