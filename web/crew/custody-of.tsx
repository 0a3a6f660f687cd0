import { assertNever } from '#shared/result.ts';

import type { Custody } from '../read/client-context.ts';
import { CustodyLine } from '../ui/custody-line.tsx';
import { useWords } from './shell.ts';

/** Where a record lies, in its mark and its word; `time`: "14:58", when that was reached, if it is known. */
export function CustodyOf({ custody, time }: { readonly custody: Custody; readonly time?: string | undefined }) {
  const { t } = useWords();
  switch (custody) {
    case 'here':
      return <CustodyLine state="onTablet" word={t('custody.onTablet')} time={time} />;
    case 'received':
      return <CustodyLine state="received" word={t('custody.received')} time={time} />;
    case 'settled':
      return <CustodyLine state="settled" word={t('custody.settled')} />;
    case 'held':
      return <CustodyLine state="held" word={t('custody.held')} second={t('custody.heldNothingToDo')} />;
    default:
      return assertNever(custody);
  }
}
