import type { NotSaved as Lost } from '../read/client-context.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { NotSaved } from '../ui/not-saved.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useDesk, useWords } from './desk-state.ts';

/** What could not be stored here: to be written down by hand, or tried again. */
export function NotSavedPage({ notSaved }: { readonly notSaved: Lost }) {
  const { client } = useDesk();
  const { t, format } = useWords();
  const { about, order, draft, at, because } = notSaved;
  const lines = [
    order === null ? (about === 'new' ? t('intake.title') : about) : `${order} · ${format.spoken(order)}`,
    `${draft.kind} · ${format.clockSeconds(at)}`,
    ...Object.entries(draft.data)
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => `${name}: ${String(value)}`),
  ];
  return (
    <NotSaved
      title={t('desk.notSaved')}
      reason={t(because === 'full' ? 'desk.notSavedFull' : 'desk.notSavedFailed')}
      readOut={lines}
    >
      <ActionButton
        label={t('act.tryNow')}
        onTap={() => {
          client.dismissNotSaved(notSaved);
          void client.submit(about, draft);
        }}
      />
      <QuietButton label={t('desk.writtenDown')} onTap={() => client.dismissNotSaved(notSaved)} />
    </NotSaved>
  );
}
