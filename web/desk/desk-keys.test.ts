import { describe, expect, test } from 'vitest';

import { keyCommand, type KeyPlace } from './desk-keys.ts';

type Press = Parameters<typeof keyCommand>[0];
const press = (code: string, more: Partial<Press> = {}): Press => ({
  key: code.startsWith('Key') ? code.slice(3).toLowerCase() : code,
  code,
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const does = (event: Press, place: KeyPlace = 'page', letters = true) => keyCommand(event, place, letters)?.do ?? null;

describe('keys of the desk', () => {
  test.each([
    ['KeyJ', 'next'],
    ['ArrowUp', 'previous'],
    ['Enter', 'open'],
    ['Space', 'peek'],
    ['KeyN', 'intake'],
    ['Slash', 'search'],
    ['KeyD', 'dispatch'],
    ['KeyR', 'byRadio'],
    ['KeyT', 'setEtr'],
    ['KeyE', 'contact'],
    ['KeyC', 'claim'],
    ['KeyZ', 'shelve'],
    ['BracketRight', 'nextUrgent'],
  ])('%s means %s', (code, command) => {
    expect(does(press(code))).toBe(command);
  });

  test('letters count by their place on the keyboard, whatever they write', () => {
    expect(does(press('KeyN', { key: 'т' }))).toBe('intake');
  });

  test('a key an input method holds does nothing, and outside a field says so', () => {
    expect(does(press('KeyN', { isComposing: true }))).toBe('inputMethodInTheWay');
    expect(does(press('KeyN', { key: 'Process', keyCode: 229 }))).toBe('inputMethodInTheWay');
    expect(does(press('Escape', { isComposing: true }), 'field')).toBeNull();
  });

  test('in a field letters are text; Esc and Ctrl+K still act', () => {
    expect(does(press('KeyN'), 'field')).toBeNull();
    expect(does(press('Enter'), 'field')).toBeNull();
    expect(does(press('Escape', { key: 'Escape' }), 'field')).toBe('closeTop');
    expect(does(press('KeyK', { ctrlKey: true }), 'field')).toBe('palette');
  });

  test('Enter and Space on a button belong to the button', () => {
    expect([does(press('Enter'), 'control'), does(press('Space'), 'control')]).toEqual([null, null]);
  });

  test('single keys can be switched off; arrows, Enter and Esc stay', () => {
    expect(does(press('KeyN'), 'page', false)).toBeNull();
    expect(does(press('ArrowDown'), 'page', false)).toBe('next');
  });

  test("the browser's own chords are left to it", () => {
    expect([does(press('KeyN', { ctrlKey: true })), does(press('KeyD', { metaKey: true }))]).toEqual([null, null]);
  });
});
