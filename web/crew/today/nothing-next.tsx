import { useClient } from '../../read/client-context.ts';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { useWords } from '../shell.ts';

/** Why there is no next order, and as of when. */
export function NothingNext() {
  const { t, f } = useWords();
  const client = useClient();
  const { lastSuccessAt, state } = client.status.value;
  const unreachable = state === 'noNetwork' || state === 'captivePortal';
  if (client.orders.value.length > 0) return <EmptyLine text={t('today.nothingNext')} />;
  if (lastSuccessAt === null)
    return <EmptyLine text={unreachable ? t('today.firstLoadNoSignal') : t('today.firstLoad')} />;
  const time = f.when(lastSuccessAt, client.now.value);
  return <EmptyLine text={unreachable ? t('today.emptyOffline', { time }) : t('today.empty', { time })} />;
}
