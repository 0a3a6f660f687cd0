import { CATALOG, type Draft, understood } from '#shared/event/catalog.ts';

/** Whether the centre will take it as it is: what is too long would be held for checking instead of acting. */
export const isWellFormed = (draft: Draft): boolean =>
  understood({ kind: draft.kind, v: CATALOG[draft.kind].v, data: draft.data }) !== null;
