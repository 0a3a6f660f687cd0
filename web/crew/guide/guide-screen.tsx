import './guide.css';
import { guide } from '../../text/guide-text.ts';
import { PageHead } from '../page-head.tsx';
import { LanguageChoice } from '../settings.tsx';
import { useShell, useWords } from '../shell.ts';

/** One page that teaches the app, with the app, offline. */
export function GuideScreen() {
  const { t, lang } = useWords();
  const shell = useShell();
  return (
    <div class="guide">
      <PageHead title={t('today.guide')} onBack={() => shell.back()} />
      {guide(lang).map(({ title, lines }) => (
        <section key={title}>
          <h2 class="label">{title}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <LanguageChoice />
    </div>
  );
}
