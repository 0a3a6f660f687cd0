import { useSignal } from '@preact/signals';

import { bringTabletFile, type TabletFileEnd } from '../../read/tablet-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FilePick } from '../file-pick.tsx';
import { faultWords, HELD_WORDS } from './tablet-file-words.ts';

/** What a tablet could not send: look, then take in. Both may be done again; nothing comes in twice. */
export function TabletFile() {
  const { client } = useDesk();
  const { t } = useWords();
  const role = client.session.value?.person.role;
  const barred = role === 'dispatcher' || role === 'admin' ? undefined : t('import.notAllowed');
  const file = useSignal<File | null>(null);
  const end = useSignal<TabletFileEnd | null>(null);
  const going = useSignal(false);
  const ask = async (act: 'look' | 'take'): Promise<void> => {
    if (!file.value || going.value) return;
    going.value = true;
    end.value = await bringTabletFile(client, { act }, file.value);
    going.value = false;
    if (act === 'take') client.syncNow();
  };
  const choose = (chosen: File | undefined): void => {
    file.value = chosen ?? null;
    end.value = null;
    if (chosen && barred === undefined) void ask('look');
  };
  const shown = end.value;
  const looked = shown?.is === 'file' && shown.taken === null ? shown : null;
  const allKnown = looked && looked.known === looked.events ? t('tabletFile.allKnown') : undefined;
  return (
    <div class="page-main">
      <section class="page-box">
        <h2>{t('tabletFile.title')}</h2>
        <p class="meta">{t('tabletFile.how')}</p>
        <FilePick label={t('tabletFile.choose')} accept=".jsonl" name={file.value?.name ?? null} onPick={choose} />
        {going.value && <p role="status">{t('tabletFile.reading')}</p>}
        {shown?.is === 'network' && <p role="alert">{t('tabletFile.network')}</p>}
        {shown?.is === 'refused' && <p role="alert">{faultWords(shown, t)}</p>}
        {shown?.is === 'file' && <Contents shown={shown} />}
        {(looked !== null || barred !== undefined) && (
          <div class="form-actions">
            <ActionButton label={t('act.takeIn')} whyNot={barred ?? allKnown} onTap={() => void ask('take')} />
          </div>
        )}
      </section>
    </div>
  );
}

function Contents({ shown }: { readonly shown: Extract<TabletFileEnd, { is: 'file' }> }) {
  const { t, format } = useWords();
  const now = useDesk().client.now.value;
  const { tablet, crew, person, madeAt, from, to, events, orders, known, taken, held } = shown;
  const waiting = held?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <div role="status">
      <p>
        <b>{[crew, person, t('tabletFile.tablet', { tablet })].filter((part) => part !== null).join(' · ')}</b>
      </p>
      <p class="tabular">{t('tabletFile.made', { time: format.when(madeAt, now) })}</p>
      {from !== null && to !== null && (
        <p class="tabular">
          {t('tabletFile.events', { n: events, orders, from: format.when(from, now), to: format.when(to, now) })}
        </p>
      )}
      {shown.blocked && <p>{t('tabletFile.blocked')}</p>}
      {taken === null ? (
        <p class="tabular">{t('tabletFile.known', { n: known })}</p>
      ) : (
        <p class="tabular">
          <b>{t('tabletFile.taken', { taken, known, held: waiting })}</b>
        </p>
      )}
      {held && held.length > 0 && (
        <ul class="tabular">
          {held.map(({ code, count }) => (
            <li key={code}>{t('tabletFile.heldLine', { n: count, why: t(HELD_WORDS[code]) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
