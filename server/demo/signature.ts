import type { Signed } from '#shared/event/evidence.ts';

import type { Chance } from './chance.ts';

const WIDTH = 600;
const HEIGHT = 200;

/** Somebody signs with a finger on a tablet: two or three characters written in a hurry. */
export function drawSignature(chance: Chance): Pick<Signed, 'width' | 'height' | 'strokes'> {
  const characters = chance.whole(2, 3);
  const strokes: number[][] = [];
  for (let character = 0; character < characters; character++) {
    const left = 60 + character * 160;
    for (let stroke = chance.whole(2, 4); stroke > 0; stroke--) strokes.push(drawStroke(chance, left));
  }
  return { width: WIDTH, height: HEIGHT, strokes };
}

/** A curve that keeps its direction and bends a little at each step. */
function drawStroke(chance: Chance, left: number): number[] {
  let x = left + chance.between(0, 90);
  let y = chance.between(40, 120);
  let heading = chance.pick([0, 0.2, Math.PI / 2, 0.9]);
  const bend = chance.between(-0.25, 0.25);
  const stroke: number[] = [];
  for (let step = chance.whole(7, 16); step > 0; step--) {
    stroke.push(Math.round(x), Math.round(y));
    heading += bend;
    x = Math.min(WIDTH, Math.max(0, x + Math.cos(heading) * 9));
    y = Math.min(HEIGHT, Math.max(0, y + Math.sin(heading) * 9));
  }
  return stroke;
}
