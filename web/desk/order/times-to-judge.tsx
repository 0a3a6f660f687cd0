import { useSignal } from '@preact/signals';

import type { Fact } from '#shared/order/order.ts';
import { reachOf } from '#shared/order/rights.ts';

import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import type { Judged } from '../judge.ts';
import { clockWords } from '../order-words.ts';
import { type Doubt, doubtsOf, ifAccepted } from './doubtful-times.ts';
import { Evidence } from './evidence.tsx';
import { FormActions } from './form-actions.tsx';
import { useCommit } from './use-commit.ts';

/** Times that no clock can settle: what is known of each, and the way to accept one, in two steps. */
export function TimesToJudge({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t } = useWords();
  const doubts = doubtsOf(one.order, desk.known.value);
  if (doubts.length === 0) return null;
  return (
    <Section title={t('judge.title')}>
      {doubts.map((doubt) => (
        <div key={doubt.clock.clock.rule.id} class="doubt">
          <p>
            {t('judge.why', {
              rule: doubt.clock.clock.rule.name[desk.preferences.lang.value],
              time: desk.format.value.when(doubt.clock.clock.limit.to, one.at),
            })}
          </p>
          {doubt.facts.map((fact) => (
            <Candidate key={fact.id} one={one} doubt={doubt} fact={fact} />
          ))}
        </div>
      ))}
    </Section>
  );
}

type CandidateProps = { readonly one: Judged; readonly doubt: Doubt; readonly fact: Fact };

function Candidate({ one, doubt, fact }: CandidateProps) {
  const desk = useDesk();
  const { t } = useWords();
  const role = desk.client.session.value?.person.role;
  const form = desk.orderForm.value;
  const open = typeof form === 'object' && form !== null && 'time' in form && form.time === fact.id;
  const barred = role === undefined || reachOf(role, 'timeAccepted') === null;
  return (
    <div class="doubt-fact">
      <Evidence fact={fact} />
      <QuietButton
        label={t('judge.accept')}
        expanded={open}
        whyNot={barred ? t('refusal.notAllowed') : undefined}
        onTap={() => (desk.orderForm.value = open ? null : { time: fact.id })}
      />
      {open && <AcceptForm one={one} doubt={doubt} fact={fact} />}
    </div>
  );
}

/** The second step says what follows, and that it stays. */
function AcceptForm({ one, doubt, fact }: CandidateProps) {
  const desk = useDesk();
  const words = useWords();
  const { t, format } = words;
  const reason = useSignal('');
  const { error, commit } = useCommit(one.order.id);
  const after = clockWords(
    ifAccepted(one.order, fact.id, { clock: doubt.clock, known: desk.known.value }),
    null,
    words,
  );
  const time = format.clockSeconds(fact.time.est);
  const accept = async (): Promise<void> => {
    const why = reason.value.trim();
    if (why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const data = { fact: fact.id, reason: why };
    await commit({ kind: 'timeAccepted', data }, t('answer.timeAccepted', { id: one.order.id, time }));
  };
  return (
    <div class="order-form">
      <FormBox onCommit={accept} error={error.value}>
        <p>{t('judge.follows', { time, verdict: [after.word, after.second].filter(Boolean).join(' · ') })}</p>
        <p class="meta">{t('judge.stays')}</p>
        <Field label={t('judge.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
        <FormActions label={t('judge.acceptIt', { time })} />
      </FormBox>
    </div>
  );
}
