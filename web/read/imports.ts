import { type ImportHead, ImportLine } from '#shared/api/import.ts';

import type { Client } from './client-context.ts';
import { runUpload } from './run-upload.ts';

/** How asking for an import ended. `brokenOff`: what was written until then stays, and may be more than was told. */
export type ImportEnd =
  | Exclude<ImportLine, { is: 'progress' | 'brokenOff' }>
  | { readonly is: 'network' | 'brokenOff' };

/** Looks at, checks or imports a file. An answer without an end is said to have none. */
export async function runImport(
  client: Pick<Client, 'upload'>,
  asked: { readonly head: ImportHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<ImportEnd> {
  const say = (raw: unknown): { read: number } | { end: ImportEnd } | null => {
    const line = ImportLine.safeParse(raw);
    if (!line.success) return null;
    return line.data.is === 'progress' ? line.data : { end: line.data };
  };
  const { end, begun } = await runUpload(client, { path: '/v1/import', asked, say }, onProgress);
  return end ?? { is: begun || asked.head.act === 'import' ? 'brokenOff' : 'network' };
}
