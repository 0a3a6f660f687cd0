import './list-row.css';
import type { ComponentChildren } from 'preact';

export type ListRowProps = {
  /** A mark or chip. */
  readonly lead?: ComponentChildren;
  readonly title: ComponentChildren;
  readonly note?: ComponentChildren;
  /** At the far end: id, state, age. */
  readonly end?: ComponentChildren;
  readonly onTap?: (() => void) | undefined;
  readonly selected?: boolean | undefined;
};

/** One thing in a list: two lines on the tablet, one line on the desk. */
export function ListRow({ lead, title, note, end, onTap, selected = false }: ListRowProps) {
  const shape = `list-row${selected ? ' is-selected' : ''}`;
  const inside = (
    <>
      {lead !== undefined && <span class="row-lead">{lead}</span>}
      <span class="row-words">
        <span class="row-title">{title}</span>
        {note !== undefined && <span class="row-note">{note}</span>}
      </span>
      {end !== undefined && <span class="row-end tabular">{end}</span>}
    </>
  );
  if (onTap === undefined) return <div class={shape}>{inside}</div>;
  return (
    <button type="button" class={shape} aria-current={selected ? 'true' : undefined} onClick={onTap}>
      {inside}
    </button>
  );
}
