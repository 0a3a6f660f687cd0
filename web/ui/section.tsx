import './section.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export type SectionProps = {
  readonly title: string;
  readonly count?: number | undefined;
  /** Beside the title: a filter, "全部 ›". */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
};

export function Section({ title, count, aside, children }: SectionProps) {
  const titleId = useId();
  return (
    <section class="section" aria-labelledby={titleId}>
      <header class="section-head">
        <h2 id={titleId}>
          {title}
          {count !== undefined && <span class="section-count tabular"> {count}</span>}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
