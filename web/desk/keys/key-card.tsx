import './key-card.css';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';

const CARD = [
  ['j k ↓ ↑', 'keys.walk'],
  ['Enter', 'keys.open'],
  ['Space', 'keys.peek'],
  ['Esc', 'keys.close'],
  ['O A M V', 'keys.focus'],
  ['1 – 5, 0', 'keys.filter'],
  ['F', 'keys.find'],
  ['N', 'keys.intake'],
  ['Ctrl+K', 'keys.palette'],
  ['/', 'keys.search'],
  ['B', 'keys.reports'],
  ['G', 'keys.admin'],
  ['I', 'keys.import'],
  ['D', 'keys.dispatch'],
  ['R', 'keys.byRadio'],
  ['U', 'keys.urge'],
  ['T', 'keys.setEtr'],
  ['E', 'keys.contact'],
  ['W Shift+W', 'keys.merge'],
  ['C', 'keys.claim'],
  ['Z', 'keys.shelve'],
  ['[ ]', 'keys.urgent'],
  ['Ctrl+Enter', 'keys.commit'],
  ['?', 'keys.card'],
] as const;

/** Which key does what; letters can be switched off for whoever's input method or hands they disturb. */
export function KeyCard() {
  const desk = useDesk();
  const { t } = useWords();
  const { letterKeys } = desk.preferences;
  return (
    <aside class="key-card" role="region" aria-labelledby="keys-title">
      <div class="pane-head">
        <h2 id="keys-title" class="label">
          {t('keys.title')}
        </h2>
        <span class="header-space" />
        <QuietButton label={t('deskGuide.title')} onTap={() => (desk.layer.value = 'guide')} />
        <QuietButton label={t('act.close')} keyHint="Esc" onTap={() => (desk.layer.value = 'none')} />
      </div>
      <dl>
        {CARD.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <div class="key-switch">
        <QuietButton
          label={t('keys.letters')}
          pressed={letterKeys.value}
          onTap={() => (letterKeys.value = !letterKeys.value)}
        />
        <span class="meta">{t(letterKeys.value ? 'keys.lettersOn' : 'keys.lettersOff')}</span>
      </div>
      <p class="meta">{t('keys.inputMethod')}</p>
    </aside>
  );
}
