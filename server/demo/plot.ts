import type { CrewId } from '#shared/ids.ts';

import type { PlannedCall } from './calls.ts';
import type { RadioCall } from './desk-habits.ts';
import type { MadeCrew } from './populate.ts';

/** A stretch of time in which the tablet of the crew at `index` is heard by nobody. */
export type Silence = { readonly index: number; readonly from: number; readonly to: number };

const MINUTE = 60_000;
/** A call has reached the crew's tablet by then, and nothing of what the crew did about it has left it. */
const HEARS_MS = 70_000;
/** So long before its call a crew of the plot gets nothing else, to be free for it. */
const RESERVED_MS = 50 * MINUTE;

/** Crews with nothing to do when the visitor comes in, so that an order sent to them is taken at once. */
const IDLE = [3, 6];

/**
 * What the visitor is sure to find, whatever chance brings. Minutes from the opening:
 * an alert that was withdrawn, one that will be withdrawn before their eyes, a crew not heard from for long, an arrival
 * told over the radio whose time nobody knows exactly, orders nobody was sent to and whose limit comes soon or has passed
 * (one so long ago that its leader was told), and two crews at leisure.
 */
export function plotOf(crews: readonly MadeCrew[], homes: readonly number[], opening: number) {
  const at = (minute: number): number => opening + minute * MINUTE;
  const home = (index: number): number => homes[index] ?? 0;
  const call = (minute: number, index: number, given: boolean): PlannedCall => ({
    at: at(minute),
    home: home(index),
    crew: given ? (crews[index]?.id ?? 'nobody') : 'nobody',
  });
  const withdrawn = call(-100, 4, true);
  const toBeWithdrawn = call(-61, 8, true);
  const long = call(-78, 11, true);
  const unsure = call(-70, 13, true);
  const silences: readonly Silence[] = [
    { index: 4, from: withdrawn.at + HEARS_MS, to: at(-38) },
    { index: 8, from: toBeWithdrawn.at + HEARS_MS, to: at(5) },
    { index: 11, from: long.at + HEARS_MS, to: at(28) },
    { index: 13, from: unsure.at + HEARS_MS, to: at(45) },
  ];
  const nobody = [
    [-62, 5],
    [-52, 2],
    [-41, 1],
    [-38, 6],
  ] as const;
  const planned = [
    withdrawn,
    toBeWithdrawn,
    long,
    unsure,
    ...nobody.map(([minute, index]) => call(minute, index, false)),
  ];
  const radio: readonly RadioCall[] = crews.flatMap(({ id }, index) =>
    index === 13 ? [{ crew: id, from: at(-20) }] : [],
  );
  const reserved = (crew: CrewId, now: number): boolean =>
    silences.some(({ index, from, to }) => crews[index]?.id === crew && now > from - RESERVED_MS && now < to) ||
    (IDLE.some((index) => crews[index]?.id === crew) && now > at(-75) && now < at(25));
  return { planned, silences, radio, reserved };
}
