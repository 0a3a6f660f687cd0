import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import { EmptyLine } from '../ui/empty-line.tsx';
import type { LaterScreens } from './later-screens.ts';
import { useShell, useWords } from './shell.ts';

/** Screens whose code comes after the order list; `otherwise` stands where one of them is not here. */
export type Later = { readonly screens: LaterScreens | null; readonly otherwise: ComponentChildren };

export function useLater(): Later {
  const { t } = useWords();
  const { drafts } = useShell();
  const come = useSignal<LaterScreens | 'coming' | 'missing'>('coming');
  useEffect(() => {
    Promise.all([import('./later-screens.ts'), drafts.ready]).then(
      ([module]) => (come.value = module.laterScreens),
      () => (come.value = 'missing'),
    );
  }, [come, drafts]);
  const here = come.value;
  if (typeof here === 'object') return { screens: here, otherwise: null };
  return { screens: null, otherwise: here === 'missing' ? <EmptyLine text={t('order.cannotOpen')} /> : null };
}
