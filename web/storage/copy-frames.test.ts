import { expect, test } from 'vitest';

import { framed, unframed } from './copy-frames.ts';

const texts = ['{"n":1}', '', '抢修', 'x'.repeat(300)];

test('what was written is read again', () => {
  expect(unframed(framed(texts))).toEqual(texts);
  expect(unframed(new Uint8Array())).toEqual([]);
});

test('whatever a crash cuts off, all before it is there', () => {
  const bytes = framed(texts);
  const ends = texts.map((_, index) => framed(texts.slice(0, index + 1)).length);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const whole = ends.filter((end) => end <= cut).length;
    expect(unframed(bytes.slice(0, cut))).toEqual(texts.slice(0, whole));
  }
});

test('what is written behind a torn entry is found, whatever the tear', () => {
  const [torn, after] = [framed([texts[3]!]), framed(['after', 'this'])];
  for (let cut = 0; cut < torn.length; cut += 1)
    expect(unframed(Uint8Array.from([...torn.slice(0, cut), ...after]))).toEqual(['after', 'this']);
});

test('zeros and spoiled bytes are no entries', () => {
  expect(unframed(new Uint8Array(64))).toEqual([]);
  const bytes = framed(['one', 'two', 'three']);
  bytes[framed(['one']).length + 13]! ^= 1;
  expect(unframed(bytes)).toEqual(['one', 'three']);
});
