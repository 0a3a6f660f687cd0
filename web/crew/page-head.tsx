import './page-head.css';
import type { ComponentChildren } from 'preact';

import { backIcon } from '../ui/icons.ts';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useWords } from './shell.ts';

/** Where we are, and the way back. `children`: a line under the title. */
export function PageHead(props: {
  readonly title: string;
  readonly onBack: () => void;
  readonly children?: ComponentChildren;
}) {
  const { t } = useWords();
  return (
    <header class="page-head">
      <QuietButton label={t('act.back')} icon={backIcon} onTap={props.onBack} />
      <div>
        <h1 class="number">{props.title}</h1>
        {props.children}
      </div>
    </header>
  );
}
