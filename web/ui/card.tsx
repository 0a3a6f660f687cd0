import './card.css';
import type { ComponentChildren } from 'preact';

export type CardProps = {
  readonly children: ComponentChildren;
  readonly selected?: boolean | undefined;
  /** Withdrawn or taken away: grey ground, still readable. */
  readonly faded?: boolean | undefined;
  readonly labelledBy?: string | undefined;
};

export function Card({ children, selected = false, faded = false, labelledBy }: CardProps) {
  return (
    <article
      class={`card${selected ? ' is-selected' : ''}${faded ? ' is-faded' : ''}`}
      aria-labelledby={labelledBy}
      aria-current={selected ? 'true' : undefined}
    >
      {children}
    </article>
  );
}
