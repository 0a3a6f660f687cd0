import './urge-card.css';
import { useSignal } from '@preact/signals';

import { URGE_ANSWERS, type UrgeAnswered } from '#shared/event/field.ts';
import type { CrewId } from '#shared/ids.ts';

import { useClient } from '../read/client-context.ts';
import { groupedId } from '../text/format.ts';
import { Field } from '../ui/field.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { freshFix, placeOfFix } from './field-draft.ts';
import { usePageWords } from './page-words.ts';
import { urgeAnswerWord } from './reason-words.ts';
import type { Urge } from './urges.ts';
import { useDraft } from './use-draft.ts';
import { personName } from './who.ts';

/** Somebody presses: who, since when, in which words. One tap answers; other words take two. */
export function UrgeCard({
  urge,
  crew,
  named,
}: {
  readonly urge: Urge;
  readonly crew: CrewId;
  readonly named: boolean;
}) {
  const { t, p, f } = usePageWords();
  const client = useClient();
  const draft = useDraft(`urge.${urge.fact.id}`);
  const busy = useSignal(false);
  const { view, fact } = urge;
  const who = personName(client.org.value, fact.by);
  const text = draft.filled.value['text'];
  const answer = async (how: UrgeAnswered['answer']): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const here = freshFix(client.position.here.value, client.now.value);
    const note = how === 'other' ? { note: (text ?? '').trim().slice(0, 300) } : {};
    const data = { crew, ...placeOfFix(here), urge: fact.id, answer: how, ...note };
    const stored = await client.submit(view.order.id, { kind: 'urgeAnswered', data });
    busy.value = false;
    if (stored.ok) draft.forget();
  };
  return (
    <article class="urge-card">
      <p class="label">
        {p('urge.title', { time: f.when(fact.time.est, client.now.value), name: who })}{' '}
        {named && <span class="tabular">{groupedId(view.order.id)}</span>}
      </p>
      {named && <p>{view.order.report?.address}</p>}
      {fact.words !== undefined && <p class="label">{fact.words}</p>}
      <p class="meta">{p('urge.clockGoesOn')}</p>
      <div class="urge-replies">
        {URGE_ANSWERS.filter((one) => one !== 'other').map((one) => (
          <QuietButton key={one} label={urgeAnswerWord(one, p)} onTap={() => void answer(one)} />
        ))}
        <QuietButton
          label={urgeAnswerWord('other', p)}
          expanded={text !== undefined}
          onTap={() => (text === undefined ? draft.set({ text: '' }) : draft.forget())}
        />
      </div>
      {text !== undefined && (
        <>
          <Field
            kind="area"
            rows={2}
            label={p('urge.inWords')}
            name="answer"
            value={text}
            onInput={(value) => draft.set({ text: value })}
          />
          <QuietButton
            label={t('act.answer')}
            whyNot={text.trim() === '' ? t('whyNot.empty') : undefined}
            onTap={() => void answer('other')}
          />
        </>
      )}
    </article>
  );
}
