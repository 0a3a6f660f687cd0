import { useClient } from '../read/client-context.ts';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useWords } from './shell.ts';

/** A newer build waits for a tap, and for every question to be answered. It never reloads by itself. */
export function UpdateLine() {
  const { t } = useWords();
  const client = useClient();
  if (!client.update.ready.value) return null;
  const whyNot = client.taps.value.length > 0 ? t('today.answerFirst') : undefined;
  return <QuietButton label={t('today.newVersion')} whyNot={whyNot} onTap={() => client.update.apply()} />;
}
