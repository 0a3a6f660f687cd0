import './enrol.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { DemoAccounts } from '#shared/api/session.ts';

import { type Unanswered, useClient } from '../../read/client-context.ts';
import type { PageText } from '../../text/crew-pages-text.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { backIcon } from '../../ui/icons.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { NotSecureLine } from '../not-secure-line.tsx';
import { usePageWords } from '../page-words.ts';
import { SaveUnsent } from '../save-unsent.tsx';
import { LanguageChoice } from '../settings.tsx';
import { useShell } from '../shell.ts';
import { UpdateLine } from '../update-line.tsx';
import { CodeKeys } from './code-keys.tsx';
import { CODE_LENGTH, groupedCode, lettersOf, scannedCode } from './code.ts';

/** A tablet comes to its crew by eight letters; once, and with signal. */
export function EnrolScreen() {
  const { t, p } = usePageWords();
  const client = useClient();
  const shell = useShell();
  const letters = useSignal(scannedCode(location.hash));
  const refused = useSignal<Unanswered | null>(null);
  const going = useSignal(false);
  const demo = useDemoCodes();
  const { tour } = shell.choices;
  const missing = CODE_LENGTH - letters.value.length;
  const { waiting, state } = client.status.value;
  const known = client.session.value !== null;

  const type = (text: string): void => {
    letters.value = lettersOf(text);
    refused.value = null;
  };
  const enrol = async (): Promise<void> => {
    if (going.value) return;
    going.value = true;
    const answer = await client.enrol(groupedCode(letters.value));
    going.value = false;
    if (answer.ok && demo.length > 0 && tour?.value === 'none') tour.value = 'offered';
    if (answer.ok) shell.go({ at: 'today' });
    else refused.value = answer.error;
  };

  return (
    <form
      class="enrol"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === 0) void enrol();
      }}
    >
      <header>
        {known && <QuietButton label={t('act.back')} icon={backIcon} onTap={() => shell.go({ at: 'today' })} />}
        <p class="clock">{t('app.name')}</p>
        <h1 class="label">{p('enrol.title')}</h1>
        {known && state !== 'signInNeeded' && <p>{p('people.byCode')}</p>}
        {state === 'signInNeeded' && (known || waiting > 0) && <p>{p('enrol.again', { n: waiting })}</p>}
      </header>
      <NotSecureLine />
      <UpdateLine />
      <LanguageChoice />
      <Field
        label={p('enrol.type')}
        name="code"
        value={groupedCode(letters.value)}
        hint={p('enrol.hint')}
        error={refused.value ? problemWords(refused.value, p) : undefined}
        tabular
        onInput={type}
      />
      <AfterPaint>
        {() => (
          <>
            <CodeKeys onKey={(key) => type(letters.value + key)} onErase={() => type(letters.value.slice(0, -1))} />
            <DemoCodes codes={demo} onPick={type} />
            <div class="enrol-act">
              <ActionButton
                label={going.value ? p('enrol.going') : t('enrol.act')}
                whyNot={missing > 0 ? p('enrol.short', { n: missing }) : undefined}
                onTap={() => void enrol()}
              />
            </div>
            {waiting > 0 && <SaveUnsent />}
          </>
        )}
      </AfterPaint>
    </form>
  );
}

/** A demonstration has codes to show; a real server has none. */
function useDemoCodes(): DemoAccounts['codes'] {
  const client = useClient();
  const codes = useSignal<DemoAccounts['codes']>([]);
  useEffect(() => {
    void client.demoAccounts().then((answer) => {
      if (answer.ok) codes.value = answer.value.codes;
    });
  }, [client, codes]);
  return codes.value;
}

type DemoCodesProps = { readonly codes: DemoAccounts['codes']; readonly onPick: (code: string) => void };

function DemoCodes({ codes, onPick }: DemoCodesProps) {
  const { p } = usePageWords();
  if (codes.length === 0) return null;
  return (
    <Section title={p('enrol.demo')}>
      <ul class="rows">
        {codes.map(({ code, crew }) => (
          <li key={code}>
            <ListRow title={crew} end={code} onTap={() => onPick(code)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function problemWords(problem: Unanswered, p: PageText): string {
  switch (problem) {
    case 'codeUsed':
      return p('enrol.codeUsed');
    case 'codeUnknown':
    case 'badRequest':
    case 'notFound':
      return p('enrol.codeUnknown');
    case 'tooManyTries':
      return p('enrol.tooManyTries');
    case 'deviceBlocked':
      return p('enrol.blocked');
    case 'network':
      return p('enrol.needsSignal');
    case 'signInNeeded':
    case 'wrongCredentials':
    case 'notAllowed':
    case 'tooLarge':
    case 'busy':
    case 'diskFull':
    case 'diskFailing':
    case 'defect':
      return p('enrol.failed');
  }
}
