import './desk-guide.css';
import { useEffect, useRef } from 'preact/hooks';

import { deskGuide } from '../../text/desk-guide-text.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';

/** One page that teaches the desk, beside the work and never in its way: keys go on acting on what lies below. */
export function DeskGuide() {
  const desk = useDesk();
  const { t } = useWords();
  const place = useRef<HTMLElement>(null);
  // Read and scrolled by keys at once.
  useEffect(() => place.current?.focus(), []);
  return (
    <aside ref={place} class="desk-guide" role="region" aria-labelledby="guide-title" tabIndex={-1}>
      <div class="pane-head">
        <h2 id="guide-title" class="label">
          {t('deskGuide.title')}
        </h2>
        <span class="header-space" />
        <QuietButton label={t('act.keys')} keyHint="?" onTap={() => (desk.layer.value = 'keys')} />
        <QuietButton label={t('act.close')} keyHint="Esc" onTap={() => (desk.layer.value = 'none')} />
      </div>
      {deskGuide(desk.preferences.lang.value).map(({ title, lines }) => (
        <section key={title}>
          <h3 class="label">{title}</h3>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </aside>
  );
}
