import type { PageText } from '../../text/crew-pages-text.ts';

/** What vans carry and use up most; anything else is written down. */
export const MATERIALS: readonly {
  readonly id: string;
  readonly word: (p: PageText) => string;
  readonly unit: (p: PageText) => string;
}[] = [
  { id: 'fuse', word: (p) => p('material.fuse'), unit: (p) => p('material.pieces') },
  { id: 'breaker', word: (p) => p('material.breaker'), unit: (p) => p('material.pieces') },
  { id: 'wire', word: (p) => p('material.wire'), unit: (p) => p('material.metres') },
  { id: 'clamp', word: (p) => p('material.clamp'), unit: (p) => p('material.pieces') },
  { id: 'meter', word: (p) => p('material.meter'), unit: (p) => p('material.pieces') },
  { id: 'tape', word: (p) => p('material.tape'), unit: (p) => p('material.rolls') },
];
