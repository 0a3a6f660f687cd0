import './confirm-in-place.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

type Answer = { readonly label: string; readonly onTap: () => void };

export type ConfirmInPlaceProps = {
  /** `done` shows the fact where the button was and takes no touch, so that a second drop of rain cannot fire it. */
  readonly phase: 'ready' | 'asking' | 'done';
  readonly first: Answer & { readonly whyNot?: string | undefined };
  readonly confirm: Answer;
  /** Lies exactly where the first tap was: a bounce or a drop answers "not yet". */
  readonly harmless: Answer;
  /** A second way on from here, beside the first; the harmless answer covers its place, too. */
  readonly beside?: Answer | undefined;
  /** What is being confirmed: time of the first tap, limit, position. Shown above while asking. */
  readonly children?: ComponentChildren;
  /** The fact and its custody, shown while done. */
  readonly fact?: ComponentChildren;
};

/**
 * Two taps in two places, without anything lying over the page. The lower place never moves: ready → asking → done;
 * the confirming button stands `--confirm-rise` above it. Give it the bottom of the screen.
 */
export function ConfirmInPlace({ phase, first, confirm, harmless, beside, children, fact }: ConfirmInPlaceProps) {
  const reasonId = useId();
  const asking = phase === 'asking';
  const off = !asking && first.whyNot !== undefined;
  return (
    <div class={`confirm-in-place is-${phase}`}>
      <div class="confirm-about" aria-live="polite">
        {asking && children}
      </div>
      {asking && (
        <button type="button" class="confirm-yes action-button" onClick={confirm.onTap}>
          {confirm.label}
        </button>
      )}
      {phase === 'done' ? (
        <div class="confirm-fact" role="status">
          {fact}
        </div>
      ) : (
        <div class="confirm-row">
          {/* One element in both phases: the focus stays in the place where the first tap was. */}
          <button
            type="button"
            class={asking ? 'confirm-low quiet-button' : 'confirm-low action-button'}
            aria-disabled={off ? 'true' : undefined}
            aria-describedby={off ? reasonId : undefined}
            onClick={off ? undefined : asking ? harmless.onTap : first.onTap}
          >
            {asking ? harmless.label : first.label}
          </button>
          {!asking && beside && (
            <button type="button" class="confirm-beside quiet-button" onClick={beside.onTap}>
              {beside.label}
            </button>
          )}
        </div>
      )}
      {off && (
        <p id={reasonId} class="why-not">
          {first.whyNot}
        </p>
      )}
    </div>
  );
}
