import './not-saved.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export type NotSavedProps = {
  /** "没存上，请用电台报". */
  readonly title: string;
  /** The code of what stopped the record, for whoever repairs the tablet. */
  readonly reason: string;
  /** What to say over the radio, a line each: order, stage, time. */
  readonly readOut: readonly string[];
  /** Try again first, then "I have reported it by radio". */
  readonly children: ComponentChildren;
};

/** Covers everything: the one moment when going on would lose a record. */
export function NotSaved({ title, reason, readOut, children }: NotSavedProps) {
  const titleId = useId();
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.focus(), []);
  return (
    <div ref={page} class="not-saved" role="alertdialog" aria-modal="true" aria-labelledby={titleId} tabIndex={-1}>
      <h1 id={titleId} class="clock">
        {title}
      </h1>
      <div class="read-out">
        {readOut.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <p class="meta">{reason}</p>
      <div class="not-saved-actions">{children}</div>
    </div>
  );
}
