import { useMemo } from 'preact/hooks';

import { type PageText, pageText } from '../text/crew-pages-text.ts';
import { useWords, type Words } from './shell.ts';

/** The words of pages beside those of the frame: `p` says what only pages say. */
export type PageWords = Words & { readonly p: PageText };

export function usePageWords(): PageWords {
  const words = useWords();
  const p = useMemo(() => pageText(words.lang), [words.lang]);
  return { ...words, p };
}
