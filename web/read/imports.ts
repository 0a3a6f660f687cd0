import { type ImportHead, ImportLine } from '#shared/api/import.ts';

import type { Client } from './client-context.ts';

/** How asking for an import ended. `brokenOff`: what was written until then stays, and may be more than was told. */
export type ImportEnd =
  | Exclude<ImportLine, { is: 'progress' | 'brokenOff' }>
  | { readonly is: 'network' | 'brokenOff' };

/** Looks at, checks or imports a file. An answer without an end is said to have none. */
export async function runImport(
  { upload }: Pick<Client, 'upload'>,
  asked: { readonly head: ImportHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<ImportEnd> {
  let end: ImportEnd | null = null;
  let begun = false;
  await upload('/v1/import', asked, {
    line: (raw) => {
      begun = true;
      const line = ImportLine.safeParse(raw);
      if (!line.success) return;
      if (line.data.is === 'progress') onProgress(line.data.read);
      else end = line.data;
    },
    refused: (problem) => {
      end = { is: 'refused', reasons: [JSON.stringify(problem)] };
    },
  });
  return end ?? { is: begun || asked.head.act === 'import' ? 'brokenOff' : 'network' };
}
