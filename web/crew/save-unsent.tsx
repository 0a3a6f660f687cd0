import { useSignal } from '@preact/signals';

import { useClient } from '../read/client-context.ts';
import { saveUnsent, type UnsentFile } from '../read/unsent-file.ts';
import { QuietButton } from '../ui/quiet-button.tsx';
import { Section } from '../ui/section.tsx';
import { usePageWords } from './page-words.ts';

/** Another way to the centre for what cannot be sent: a file. Works without signal and without a valid enrolment. */
export function SaveUnsent() {
  const { p } = usePageWords();
  const client = useClient();
  const saved = useSignal<UnsentFile | 'going' | 'failed' | null>(null);
  const save = async (): Promise<void> => {
    if (saved.value === 'going') return;
    saved.value = 'going';
    saved.value = await saveUnsent(client).catch(() => 'failed' as const);
  };
  const said = saved.value;
  return (
    <Section title={p('unsent.title')}>
      <p>{p('unsent.why')}</p>
      <QuietButton label={p('act.saveUnsent')} onTap={() => void save()} />
      {said === 'failed' && <p role="alert">{p('unsent.failed')}</p>}
      {said !== null && typeof said === 'object' && (
        <p role="status">{p('unsent.saved', { n: said.events, name: said.name })}</p>
      )}
    </Section>
  );
}
