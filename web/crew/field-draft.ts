import type { Draft } from '#shared/event/catalog.ts';
import type { Point } from '#shared/event/parts.ts';
import type { CrewId } from '#shared/ids.ts';
import type { FieldKind } from '#shared/order/order.ts';

import type { Fix } from '../read/client-context.ts';

/** What is told beside "power is back on". */
export type RestoreAnswer = {
  readonly extent: 'all' | 'part';
  readonly earthsRemoved: boolean;
  readonly peopleClear: boolean;
  readonly customerTold: boolean;
};

export const NOTHING_CONFIRMED: RestoreAnswer = {
  extent: 'all',
  earthsRemoved: false,
  peopleClear: false,
  customerTold: false,
};

/** Steps that need nothing but the tap itself; all others are asked for on a page of their own. */
export type PlainStep = Extract<FieldKind, 'accepted' | 'departed' | 'arrived' | 'resumed' | 'restored' | 'submitted'>;

export const isPlain = (kind: FieldKind): kind is PlainStep =>
  ['accepted', 'departed', 'arrived', 'resumed', 'restored', 'submitted'].includes(kind);

/** The fact of one step. `fix`: where the tablet was, if it is fresh enough to say so. */
export function stepDraft(kind: PlainStep, crew: CrewId, fix: Fix | null, answer: RestoreAnswer): Draft {
  const where = { crew, ...placeOfFix(fix) };
  switch (kind) {
    case 'accepted':
      return { kind, data: { crew } };
    case 'departed':
    case 'arrived':
    case 'resumed':
    case 'submitted':
      return { kind, data: where };
    case 'restored': {
      const { extent, ...safety } = answer;
      return { kind, data: { ...where, extent, safety } };
    }
  }
}

/** A position older than this says nothing about where a tap was made. */
const FRESH_MS = 120_000;

export const freshFix = (fix: Fix | null, now: number): Fix | null => (fix && now - fix.at <= FRESH_MS ? fix : null);

/** Where it was recorded, if that is known. */
export const placeOfFix = (fix: Fix | null): { point?: Point } => (fix ? { point: pointOf(fix) } : {});

const pointOf = ({ lat, lon, acc }: Fix): Point => ({ lat, lon, ...(acc === undefined ? {} : { acc }) });
