import './verdict-chip.css';
import { VerdictMark } from './verdict-mark.tsx';
import type { ShapeInput } from './verdict-shape.ts';

export type VerdictChipProps = ShapeInput & {
  /** "超时 7 分": shape and colour never stand without it. */
  readonly word: string;
  /** "时限 14:47 已过", "无消息 38 分". */
  readonly second?: string | undefined;
  /** In lists the chip stays plain; filled where one verdict heads the screen. */
  readonly filled?: boolean | undefined;
};

export function VerdictChip({ word, second, filled = false, ...shape }: VerdictChipProps) {
  return (
    <span class={`verdict-chip is-${shape.look}${filled ? ' is-filled' : ''}${shape.bare ? ' is-bare' : ''}`}>
      <VerdictMark {...shape} />
      <span class="verdict-words">
        <span class="verdict-word tabular">{word}</span>
        {second !== undefined && <span class="verdict-second tabular">{second}</span>}
      </span>
    </span>
  );
}
