import type { Part } from './parts.ts';

/** The colour and pattern of a part, beside its word. */
export const PartSwatch = ({ part }: { readonly part: Part }) => (
  <span class={`part-swatch bar-part is-${part}`} aria-hidden="true" />
);
