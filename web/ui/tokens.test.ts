import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The bars of the colour table: foreground, ground, least contrast in light, night and sun. */
const bars: readonly (readonly [front: string, ground: string, light: number, night: number, sun: number])[] = [
  ['ink', 'paper', 15.6, 13.5, 21],
  ['ink', 'surface', 17.9, 12.4, 21],
  ['ink3', 'raised', 4.9, 4.9, 12.6],
  ['outline', 'paper', 4.3, 5, 21],
  ['ink2', 'paper', 7.9, 8.4, 17],
  ['ink3', 'paper', 5.5, 6.3, 12.6],
  ['action-label', 'action-fill', 17.9, 11.1, 21],
  ['missed-label', 'missed-fill', 6.9, 6.7, 10.1],
  ['missed-fill', 'paper', 6.1, 6.7, 10.1],
  ['missed-text', 'paper', 6.8, 8.6, 10.1],
  ['missed-text', 'surface', 6.8, 7.9, 10.1],
  ['soon-label', 'soon-fill', 11.1, 13.3, 14.3],
  ['soon-text', 'paper', 6.9, 14.4, 21],
  ['unknown-label', 'unknown-fill', 7.4, 10.9, 12.3],
  ['unknown-text', 'paper', 8, 11.8, 12.3],
  ['unknown-line', 'paper', 6.1, 8.1, 12.3],
  ['neutral', 'paper', 7.9, 8.4, 21],
];

describe.each([
  ['light', 2],
  ['night', 3],
  ['sun', 4],
] as const)('%s', (theme, column) => {
  const colours = colourRoles(theme);

  test.each(bars.map((bar) => [bar[0], bar[1], bar[column]] as const))(
    '%s on %s reaches %d',
    (front, ground, least) => {
      expect(toTenth(contrast(colour(colours, front), colour(colours, ground)))).toBeGreaterThanOrEqual(least);
    },
  );

  test('there are three colours beside the greys: red, amber, blue', () => {
    const coloured = [...colours].filter(([, hex]) => saturation(hex) > 0.25).map(([role]) => role.split('-')[0]);
    expect(coloured.filter((role) => role !== 'missed' && role !== 'soon' && role !== 'unknown')).toEqual([]);
    expect(new Set(coloured).size).toBe(3);
  });
});

test('every theme gives every colour role its own value', () => {
  const roles = [...colourRoles('light').keys()].toSorted();
  expect(roles.length).toBeGreaterThan(15);
  for (const theme of ['night', 'sun']) expect([...colourRoles(theme).keys()].toSorted()).toEqual(roles);
});

test('at night no ground is brighter than a dimmed screen may be', () => {
  const night = colourRoles('night');
  for (const role of ['paper', 'surface', 'raised', 'soon-fill', 'unknown-fill', 'action-fill'])
    expect(luminance(colour(night, role))).toBeLessThanOrEqual(0.035);
});

test('in the sun no text and no line is under 10:1 on white', () => {
  const drawn = [...colourRoles('sun')].filter(
    ([role]) => !/paper|surface|raised|-label|soon-fill|unknown-fill/.test(role),
  );
  expect(drawn.filter(([, hex]) => contrast(hex, '#ffffff') < 10)).toEqual([]);
  expect(drawn.length).toBeGreaterThan(8);
});

function colourRoles(theme: string): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, role = '', hex = '']) => [role, hex]));
}

function colour(colours: Map<string, string>, role: string): string {
  const hex = colours.get(role);
  if (hex === undefined) throw new Error(`no colour role ${role}`);
  return hex;
}

/** The table is written to one decimal. */
const toTenth = (ratio: number): number => Math.round(ratio * 10) / 10;

const channels = (hex: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

function saturation(hex: string): number {
  const [most, least] = [Math.max(...channels(hex)), Math.min(...channels(hex))];
  // Near-black greys have a high ratio and no visible hue.
  return most < 0.25 ? 0 : (most - least) / most;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
