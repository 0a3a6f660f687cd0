import type { CrewText } from '../../text/crew-text.ts';

/** What vans carry and use up most; anything else is written down. */
export const MATERIALS: readonly {
  readonly id: string;
  readonly word: (t: CrewText) => string;
  readonly unit: (t: CrewText) => string;
}[] = [
  { id: 'fuse', word: (t) => t('material.fuse'), unit: (t) => t('material.pieces') },
  { id: 'breaker', word: (t) => t('material.breaker'), unit: (t) => t('material.pieces') },
  { id: 'wire', word: (t) => t('material.wire'), unit: (t) => t('material.metres') },
  { id: 'clamp', word: (t) => t('material.clamp'), unit: (t) => t('material.pieces') },
  { id: 'meter', word: (t) => t('material.meter'), unit: (t) => t('material.pieces') },
  { id: 'tape', word: (t) => t('material.tape'), unit: (t) => t('material.rolls') },
];
