import '../ui/quiet-button.css';
import './link-button.css';
import { Icon, type IconShape } from '../ui/icon.tsx';

/** A link that leaves the app (telephone, navigation), as big as a button. */
export function LinkButton({
  href,
  label,
  icon,
}: {
  readonly href: string;
  readonly label: string;
  readonly icon: IconShape;
}) {
  return (
    <a class="quiet-button link-button" href={href}>
      <Icon shape={icon} />
      <span>{label}</span>
    </a>
  );
}
