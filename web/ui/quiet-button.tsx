import './quiet-button.css';
import { useId } from 'preact/hooks';

import { Icon, type IconShape } from './icon.tsx';

export type QuietButtonProps = {
  readonly label: string;
  readonly onTap: () => void;
  readonly icon?: IconShape | undefined;
  /** What stops it, told below the button. */
  readonly whyNot?: string | undefined;
  /** The desk's key for it: "Z". */
  readonly keyHint?: string | undefined;
  /** For a button that stays on or off. */
  readonly pressed?: boolean | undefined;
  /** Opens or closes something: said to a screen reader. */
  readonly expanded?: boolean | undefined;
};

/** Everything that is not the next step. */
export function QuietButton({ label, onTap, icon, whyNot, keyHint, pressed, expanded }: QuietButtonProps) {
  const reasonId = useId();
  const off = whyNot !== undefined;
  return (
    <div class="quiet-place">
      <button
        type="button"
        class="quiet-button"
        aria-pressed={pressed}
        aria-expanded={expanded}
        aria-disabled={off ? 'true' : undefined}
        aria-describedby={off ? reasonId : undefined}
        onClick={off ? undefined : onTap}
      >
        {icon !== undefined && <Icon shape={icon} />}
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
