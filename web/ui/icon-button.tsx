import './icon-button.css';
import { Icon, type IconShape } from './icon.tsx';

export type IconButtonProps = {
  readonly icon: IconShape;
  /** Always in sight below or beside the icon. */
  readonly word: string;
  readonly onTap: () => void;
  readonly pressed?: boolean | undefined;
};

/** A square control with its word under the icon (tablet) or beside it (desk). */
export function IconButton({ icon, word, onTap, pressed }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-pressed={pressed} onClick={onTap}>
      <Icon shape={icon} />
      <span>{word}</span>
    </button>
  );
}
