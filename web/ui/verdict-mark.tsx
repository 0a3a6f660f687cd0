import './verdict-mark.css';
import { SHAPE_BOX, type ShapeInput, verdictShape } from './verdict-shape.ts';

export type VerdictMarkProps = ShapeInput & {
  /** Edge in px; without it the mark follows the text beside it. */
  readonly size?: number | undefined;
};

/** The silhouette only: the word beside it carries the meaning for a screen reader. */
export function VerdictMark({ size, ...shape }: VerdictMarkProps) {
  return (
    <svg
      class={`verdict-mark is-${shape.look}${shape.bare ? ' is-bare' : ''}`}
      viewBox={`0 0 ${SHAPE_BOX} ${SHAPE_BOX}`}
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      {verdictShape(shape).map((part) => (
        <path key={part.role} class={`part-${part.role}`} d={part.d} />
      ))}
    </svg>
  );
}
