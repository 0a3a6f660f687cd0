import { useClient } from '../read/client-context.ts';
import { Strip } from '../ui/strip.tsx';
import { useShell, useWords } from './shell.ts';
import { sayStatus } from './status-say.ts';

/** One line on every screen: who, what o'clock, and what the sync engine knows. A tap opens the sync page. */
export function StatusStrip() {
  const words = useWords();
  const client = useClient();
  const shell = useShell();
  const now = client.now.value;
  const crew = client.session.value?.crew?.name ?? client.session.value?.unit.name ?? '';
  const status = client.status.value;
  const said = sayStatus(status, now, words);
  return (
    <Strip
      start={`${crew} ${words.f.clock(now)}`.trim()}
      text={said.text}
      tone={said.tone}
      onTap={() => shell.go({ at: 'outbox' })}
      action={
        status.state === 'signInNeeded'
          ? { label: words.t('enrol.act'), onTap: () => shell.go({ at: 'enrol' }) }
          : undefined
      }
    />
  );
}
