import './sign-in.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { DemoAccounts } from '#shared/api/session.ts';

import type { Client, Unanswered } from '../../read/client-context.ts';
import { createDeskText } from '../../text/desk-text.ts';
import { LANGUAGE_NAMES } from '../../text/language-names.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import type { Preferences } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';

type SignInProps = { readonly client: Client; readonly preferences: Preferences };

/** Who is at this desk. A demonstration offers its accounts. */
export function SignIn({ client, preferences }: SignInProps) {
  const t = createDeskText(preferences.lang.value);
  const name = useSignal('');
  const password = useSignal('');
  const error = useSignal<string | null>(null);
  const demo = useSignal<DemoAccounts['accounts']>([]);
  const waiting = client.status.value.waiting;

  useEffect(() => {
    void client.demoAccounts().then((answer) => {
      if (answer.ok) demo.value = answer.value.accounts.filter(({ role }) => role !== 'crew');
    });
  }, [client, demo]);

  const signIn = async (): Promise<void> => {
    if (name.value.trim() === '' || password.value === '') {
      error.value = t('signIn.missing');
      return;
    }
    const done = await client.signIn(name.value.trim(), password.value);
    const { tour } = preferences;
    if (done.ok && demo.value.length > 0 && tour?.value === 'none') tour.value = 'offered';
    error.value = done.ok ? null : t(errorWord(done.error));
  };

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <h1>
          <span class="clock">{t('app.name')}</span> <span class="number">{t('desk.title')}</span>
        </h1>
        {!client.secure && <p role="status">{t('desk.notSecure')}</p>}
        {waiting > 0 && <p>{t('signIn.waiting', { n: waiting })}</p>}
        <FormBox onCommit={signIn} error={error.value}>
          <Field
            label={t('signIn.name')}
            name="name"
            autoComplete="username"
            value={name.value}
            onInput={(text) => (name.value = text)}
          />
          <Field
            label={t('signIn.password')}
            name="password"
            kind="password"
            autoComplete="current-password"
            value={password.value}
            onInput={(text) => (password.value = text)}
          />
          <ActionButton label={t('act.signIn')} keyHint="Enter" submits onTap={noop} />
        </FormBox>
        {demo.value.length > 0 && (
          <section class="sign-in-demo" aria-labelledby="demo-title">
            <h2 id="demo-title" class="label">
              {t('signIn.demo')}
            </h2>
            {demo.value.map((account) => (
              <QuietButton
                key={account.name}
                label={t('signIn.demoAccount', { name: account.name, role: t(`role.${account.role}`) })}
                onTap={() => {
                  name.value = account.name;
                  password.value = account.password;
                  void signIn();
                }}
              />
            ))}
          </section>
        )}
        <div class="sign-in-settings">
          <SegmentedChoice
            label={t('settings.lang')}
            options={[
              { value: 'zh', label: LANGUAGE_NAMES.zh },
              { value: 'en', label: LANGUAGE_NAMES.en },
            ]}
            value={preferences.lang.value}
            onChoose={(lang) => (preferences.lang.value = lang)}
          />
          <SegmentedChoice
            label={t('settings.theme')}
            options={[
              { value: 'light', label: t('look.light') },
              { value: 'night', label: t('look.night') },
            ]}
            value={preferences.theme.value}
            onChoose={(theme) => (preferences.theme.value = theme)}
          />
        </div>
      </div>
    </main>
  );
}

function errorWord(error: Unanswered) {
  switch (error) {
    case 'wrongCredentials':
      return 'signIn.wrong';
    case 'tooManyTries':
      return 'signIn.tooMany';
    case 'network':
      return 'signIn.network';
    case 'deviceBlocked':
      return 'signIn.blocked';
    case 'busy':
    case 'diskFull':
    case 'diskFailing':
      return 'signIn.busy';
    case 'notAllowed':
      return 'signIn.notAllowed';
    default:
      return 'signIn.failed';
  }
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
