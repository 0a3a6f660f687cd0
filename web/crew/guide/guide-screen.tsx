import './guide.css';
import { guide, type Guide } from '../../text/guide-text.ts';
import { AfterPaint } from '../after-paint.tsx';
import { PageHead } from '../page-head.tsx';
import { LanguageChoice } from '../settings.tsx';
import { useShell, useWords } from '../shell.ts';

/** One page that teaches the app, with the app, offline. */
export function GuideScreen() {
  const { t, lang } = useWords();
  const shell = useShell();
  const chapters = guide(lang);
  return (
    <div class="guide">
      <PageHead title={t('today.guide')} onBack={() => shell.back()} />
      {chapters.slice(0, FIRST).map(drawn)}
      <AfterPaint>
        {() => (
          <>
            {chapters.slice(FIRST).map(drawn)}
            <LanguageChoice />
          </>
        )}
      </AfterPaint>
    </div>
  );
}

/** As many as a screen shows. */
const FIRST = 3;

const drawn = ({ title, lines }: Guide[number]) => (
  <section key={title}>
    <h2 class="label">{title}</h2>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </section>
);
