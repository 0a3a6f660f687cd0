import { useSignal } from '@preact/signals';

import type { Draft } from '#shared/event/catalog.ts';

import { type NotSaved as NotSavedRecord, useClient } from '../read/client-context.ts';
import { groupedId } from '../text/format.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { NotSaved } from '../ui/not-saved.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useWords } from './shell.ts';
import { didWord } from './steps.ts';

/** What could not be stored, to be read out over the radio. It stays until it is stored or said to be reported. */
export function NotSavedScreen({ notSaved }: { readonly notSaved: NotSavedRecord }) {
  const { t, f } = useWords();
  const client = useClient();
  const busy = useSignal(false);
  const { about, order, draft, at, because } = notSaved;
  const again = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const stored = await client.submit(about, withTime(draft, at));
    busy.value = false;
    if (stored.ok) client.dismissNotSaved(notSaved);
  };
  const what = t('notSaved.what', { what: didWord(draft.kind, draft.data, t), time: f.clockSeconds(at) });
  const readOut = [
    client.session.value?.crew?.name ?? '',
    order === null ? '' : t('notSaved.order', { id: groupedId(order), spoken: f.spoken(order) }),
    order === null ? '' : (client.order(order).value?.order.report?.address ?? ''),
    what,
    draft.kind === 'noted' ? draft.data.text : '',
  ].filter((line) => line !== '');
  return (
    <NotSaved
      title={t('custody.notSaved')}
      reason={because === 'full' ? t('notSaved.full') : t('notSaved.failed')}
      readOut={readOut}
    >
      <ActionButton label={t('notSaved.again')} onTap={() => void again()} />
      <QuietButton label={t('notSaved.reported')} onTap={() => client.dismissNotSaved(notSaved)} />
    </NotSaved>
  );
}

/** The second attempt keeps the time of the first; that it was not read from a clock then is told by `typed`. */
function withTime(draft: Draft, at: number): Draft {
  const given = { at, source: 'typed' } as const;
  switch (draft.kind) {
    case 'accepted':
      return { kind: draft.kind, data: { ...draft.data, at: given } };
    case 'departed':
    case 'arrived':
    case 'submitted':
      return { kind: draft.kind, data: { ...draft.data, at: given } };
    case 'restored':
      return { kind: draft.kind, data: { ...draft.data, at: given } };
    case 'noted':
      return { kind: draft.kind, data: { ...draft.data, at: given } };
    default:
      return draft;
  }
}
