import { useClient } from '../read/client-context.ts';
import { Banner } from '../ui/banner.tsx';
import { useWords } from './shell.ts';

/** What this tablet cannot do because its address is not https. */
export function NotSecureLine() {
  const { t } = useWords();
  const client = useClient();
  return client.secure ? null : <Banner tone="amber" title={t('strip.notSecure')} />;
}
