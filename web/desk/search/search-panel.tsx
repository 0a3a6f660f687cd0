import './search-panel.css';
import { useSignal } from '@preact/signals';

import type { OrderHit, SearchAnswer } from '#shared/api/orders.ts';

import type { Unanswered } from '../../read/client-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { askArchived } from '../archived-log.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { hitStage } from '../order-words.ts';

/** Over everything this person may see, the archive included. A found order that has left the desk opens read-only. */
export function SearchPanel() {
  const desk = useDesk();
  const { t } = useWords();
  const text = useSignal('');
  const asked = useSignal('');
  const found = useSignal<SearchAnswer | null>(null);
  const error = useSignal<string | null>(null);

  const ask = async (after: string | null): Promise<void> => {
    const query = after === null ? text.value.trim() : asked.value;
    const answer = await desk.client.search({ text: query, limit: 50, ...(after === null ? {} : { after }) });
    error.value = answer.ok ? null : t(unansweredWord(answer.error));
    if (!answer.ok) return;
    const before = after === null ? [] : (found.value?.hits ?? []);
    asked.value = query;
    found.value = { hits: [...before, ...answer.value.hits], more: answer.value.more };
  };

  const open = async (hit: OrderHit): Promise<void> => {
    if (desk.client.order(hit.id).value !== null) {
      desk.layer.value = 'none';
      desk.open(hit.id);
      return;
    }
    const answer = await askArchived(desk, hit.id);
    error.value = answer.ok ? null : t(unansweredWord(answer.error));
    if (!answer.ok) return;
    desk.layer.value = 'none';
    desk.open(hit.id);
    desk.archived.value = answer.value;
  };

  return (
    <Drawer
      title={t('search.title')}
      closeLabel={t('act.close')}
      onClose={() => (desk.layer.value = 'none')}
      takesFocus={false}
    >
      <FormBox onCommit={() => ask(null)} error={error.value}>
        <div class="search-line">
          <Field
            kind="search"
            label={t('search.what')}
            hint={t('search.hint')}
            name="search"
            value={text.value}
            onInput={(typed) => (text.value = typed)}
          />
          <ActionButton label={t('act.search')} keyHint="Enter" submits onTap={noop} />
        </div>
      </FormBox>
      {found.value && (
        <div class="hits">
          {found.value.hits.map((hit) => (
            <Hit key={hit.id} hit={hit} onOpen={open} />
          ))}
          {found.value.hits.length === 0 && <EmptyLine text={t('search.nothing', { text: asked.value })} />}
          {found.value.more !== null && (
            <QuietButton label={t('search.more')} onTap={() => void ask(found.value?.more ?? null)} />
          )}
        </div>
      )}
    </Drawer>
  );
}

function Hit({ hit, onOpen }: { readonly hit: OrderHit; readonly onOpen: (hit: OrderHit) => Promise<void> }) {
  const desk = useDesk();
  const { t, format } = useWords();
  return (
    <button type="button" class="hit" onClick={() => void onOpen(hit)}>
      <span class="tabular">{hit.id}</span>
      <span class="hit-place">{hit.address}</span>
      <span class="hit-key tabular">{hit.sourceKey}</span>
      <span class="tabular">{format.when(hit.reportedAt, desk.client.now.value)}</span>
      <span>{hit.archived ? t('search.archived') : hitStage(hit, t)}</span>
    </button>
  );
}

function unansweredWord(error: Unanswered) {
  switch (error) {
    case 'network':
      return 'search.network';
    case 'notAllowed':
      return 'refusal.notAllowed';
    case 'signInNeeded':
      return 'desk.signInNeeded';
    case 'notFound':
      return 'desk.orderGone';
    default:
      return 'search.failed';
  }
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
