import type { Signed } from '#shared/event/evidence.ts';
import { LIMITS } from '#shared/sync/limits.ts';

export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly (readonly { readonly x: number; readonly y: number }[])[];
};

type Point = readonly [x: number, y: number];

/** What an event needs beside its data: writer, subject, clock readings. */
const ENVELOPE_BYTES = 1_200;
const MAX_STROKES = 200;
const MAX_POINTS = 1_000;
const FIELD_MAX = 4_000;

/**
 * A drawn signature as the data of a `signed` event, in whole units, bent as little as it takes to fit into one event
 * together with `about`. Strokes beyond 200 are the shortest ones and fall away.
 */
export function signedOf(drawing: Drawing, about: Pick<Signed, 'crew' | 'name' | 'shown'>): Signed {
  const scale = Math.min(1, FIELD_MAX / Math.max(drawing.width, drawing.height));
  const whole = (length: number): number => Math.min(FIELD_MAX, Math.max(1, Math.round(length * scale)));
  const size = { width: whole(drawing.width), height: whole(drawing.height) };
  const strokes = longest(drawing.strokes.filter((stroke) => stroke.length > 0)).map((stroke) =>
    stroke.map(({ x, y }): Point => [clamp(x * scale), clamp(y * scale)]),
  );
  for (let bend = 0.75; ; bend *= 1.5) {
    const flat = strokes.flatMap((stroke) => inParts(simplified(stroke, bend))).slice(0, MAX_STROKES);
    const signed = { ...about, ...size, strokes: flat };
    if (bytesOf(signed) <= LIMITS.eventBytes - ENVELOPE_BYTES) return signed;
  }
}

const bytesOf = (data: Signed): number => new TextEncoder().encode(JSON.stringify(data)).length;

/** The pen may slide past the edge; a little of that is kept. */
const clamp = (value: number): number => Math.min(FIELD_MAX + 100, Math.max(-100, Math.round(value)));

function longest(strokes: Drawing['strokes']): Drawing['strokes'] {
  if (strokes.length <= MAX_STROKES) return strokes;
  const bar = strokes.map((stroke) => stroke.length).toSorted((a, b) => b - a)[MAX_STROKES - 1] ?? 0;
  return strokes.filter((stroke) => stroke.length >= bar).slice(0, MAX_STROKES);
}

/** The stroke without the points that lie within `bend` of the line between their neighbours (Douglas and Peucker). */
function simplified(stroke: readonly Point[], bend: number): readonly Point[] {
  const kept = new Set([0, stroke.length - 1]);
  const open: [number, number][] = [[0, stroke.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    const [far, distance] = farthest(stroke, from, to);
    if (distance <= bend) continue;
    kept.add(far);
    open.push([from, far], [far, to]);
  }
  return stroke.filter((_, index) => kept.has(index));
}

function farthest(stroke: readonly Point[], from: number, to: number): readonly [index: number, distance: number] {
  const [a, b] = [stroke[from], stroke[to]];
  let best: readonly [number, number] = [from, 0];
  if (!a || !b) return best;
  for (let index = from + 1; index < to; index += 1) {
    const point = stroke[index];
    const distance = point ? distanceToLine(point, a, b) : 0;
    if (distance > best[1]) best = [index, distance];
  }
  return best;
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** x, y, x, y …; a stroke that is too long for one list goes on in the next, from the same point. */
function inParts(stroke: readonly Point[]): number[][] {
  const parts: number[][] = [];
  for (let from = 0; from === 0 || from < stroke.length - 1; from += MAX_POINTS - 1)
    parts.push(stroke.slice(from, from + MAX_POINTS).flat());
  return parts;
}
