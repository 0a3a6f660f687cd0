import './desk-header.css';
import { LANGUAGE_NAMES } from '../../text/language-names.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { ClockJump } from './clock-jump.tsx';
import { Connection } from './connection.tsx';
import { Counts } from './counts.tsx';
import { DiskShort } from './disk-short.tsx';

/** Two lines that never move: who and how the desk stands; what there is, as filters. */
export function DeskHeader() {
  const desk = useDesk();
  const { t } = useWords();
  const { preferences, client } = desk;
  const { lang, theme } = preferences;
  const session = client.session.value;
  const since = desk.lostSince.value;
  return (
    <header class="desk-header">
      {since !== null && (
        <p class="no-news-bar" role="status">
          {t('desk.noNewData', { time: desk.format.value.when(since, client.now.value) })}
        </p>
      )}
      {!client.secure && (
        <p class="not-secure-bar" role="status">
          {t('desk.notSecure')}
        </p>
      )}
      <ClockJump />
      <DiskShort />
      <div class="header-line">
        <h1 class="label">{t('desk.title')}</h1>
        <span class="header-who">
          {session?.person.name} · {session?.unit.name}
        </span>
        <Clock />
        <Connection />
        <span class="header-space" />
        {client.update.ready.value && <QuietButton label={t('desk.newBuild')} onTap={() => client.update.apply()} />}
        <QuietButton
          label={t('act.intake')}
          keyHint="N"
          pressed={desk.layer.value === 'intake'}
          onTap={() => (desk.layer.value = desk.layer.value === 'intake' ? 'none' : 'intake')}
        />
        <QuietButton
          label={t('act.search')}
          keyHint="/"
          pressed={desk.layer.value === 'search'}
          onTap={() => (desk.layer.value = desk.layer.value === 'search' ? 'none' : 'search')}
        />
        <QuietButton label={t('palette.title')} keyHint="Ctrl+K" onTap={() => (desk.layer.value = 'palette')} />
        <QuietButton label={t('act.reports')} keyHint="B" onTap={() => (desk.place.value = 'reports')} />
        <QuietButton label={t('act.keys')} keyHint="?" onTap={() => (desk.layer.value = 'keys')} />
        <QuietButton
          label={theme.value === 'light' ? t('look.night') : t('look.light')}
          onTap={() => (theme.value = theme.value === 'light' ? 'night' : 'light')}
        />
        <QuietButton
          label={lang.value === 'zh' ? LANGUAGE_NAMES.en : LANGUAGE_NAMES.zh}
          onTap={() => (lang.value = lang.value === 'zh' ? 'en' : 'zh')}
        />
        <QuietButton label={t('act.signOut')} onTap={() => void client.signOut()} />
      </div>
      <Counts />
    </header>
  );
}

/** With seconds: the desk says times over the radio. */
function Clock() {
  const desk = useDesk();
  return <time class="number header-clock">{desk.format.value.clockSeconds(desk.client.seconds.value)}</time>;
}
