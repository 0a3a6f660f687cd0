import './action-button.css';
import { useId } from 'preact/hooks';

export type ActionButtonProps = {
  /** A verb: "到达现场". */
  readonly label: string;
  readonly onTap: () => void;
  /** What stops it, told below the button. A button that cannot act always has one. */
  readonly whyNot?: string | undefined;
  /** The desk's key for it: "C". */
  readonly keyHint?: string | undefined;
  readonly submits?: boolean | undefined;
};

/** The one ink button of a screen. Without action it stays focusable, so that its reason can be reached and read. */
export function ActionButton({ label, onTap, whyNot, keyHint, submits = false }: ActionButtonProps) {
  const reasonId = useId();
  const off = whyNot !== undefined;
  return (
    <div class="action-place">
      <button
        type={submits && !off ? 'submit' : 'button'}
        class="action-button"
        aria-disabled={off ? 'true' : undefined}
        aria-describedby={off ? reasonId : undefined}
        onClick={off ? undefined : onTap}
      >
        <span>{label}</span>
        {keyHint !== undefined && <kbd>{keyHint}</kbd>}
      </button>
      {off && (
        <p id={reasonId} class="why-not">
          {whyNot}
        </p>
      )}
    </div>
  );
}
