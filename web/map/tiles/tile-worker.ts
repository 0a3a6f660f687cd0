import type { TileAnswer, TileOrder, TilePlace } from './tile-messages.ts';
import { createTilePainter } from './tile-painter.ts';

/**
 * Paints tiles beside the page, so that reading an archive never delays a key or a click. One at a time, in the
 * order they are wanted; what is not wanted any more is left out.
 */
let painter: ReturnType<typeof createTilePainter> | null = null;
const wanted = new Map<string, TilePlace>();
const shown = new Map<string, TilePlace>();
let working = false;

addEventListener('message', ({ data }: MessageEvent<TileOrder>) => {
  const key = data.is === 'open' ? '' : keyOf(data);
  switch (data.is) {
    case 'open':
      painter = createTilePainter(data, paintAgain);
      for (const [key, place] of shown) wanted.set(key, place);
      break;
    case 'want':
      wanted.set(key, data);
      shown.set(key, data);
      break;
    case 'forget':
      wanted.delete(key);
      shown.delete(key);
      break;
  }
  if (!working) void work();
});

function paintAgain(places: readonly TilePlace[]): void {
  for (const place of places) {
    const key = keyOf(place);
    if (shown.has(key)) wanted.set(key, place);
  }
}

async function work(): Promise<void> {
  working = true;
  for (let next = take(); next; next = take()) {
    const bitmap = await painted(next);
    const answer: TileAnswer = { ...next, bitmap };
    postMessage(answer, { transfer: bitmap ? [bitmap] : [] });
  }
  working = false;
}

async function painted(place: TilePlace): Promise<ImageBitmap | null> {
  try {
    return (await painter?.(place)) ?? null;
  } catch {
    // No network, or a tile that cannot be read: the ground stays empty there.
    return null;
  }
}

function take(): TilePlace | null {
  if (!painter) return null;
  const [first] = wanted;
  if (!first) return null;
  const [key, { z, x, y }] = first;
  wanted.delete(key);
  return { z, x, y };
}

const keyOf = ({ z, x, y }: TilePlace): string => `${x}:${y}:${z}`;
