import './icon.css';
import { h } from 'preact';

/** An icon as lucide exports it: the elements of a 24 × 24 drawing. */
export type IconShape = readonly [tag: string, attributes: Readonly<Record<string, string | number | undefined>>][];

/** Decoration beside a word; it never stands alone. */
export function Icon({ shape }: { readonly shape: IconShape }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shape.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
