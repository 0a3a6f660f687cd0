import { type ImportCounts, type ImportHead, ImportLine } from '#shared/api/import.ts';

import type { Client } from './client-context.ts';
import { runUpload, type UploadEnd } from './run-upload.ts';

/** Looks at, checks or imports a file of orders. */
export const runImport = (
  client: Pick<Client, 'upload'>,
  asked: { readonly head: ImportHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<UploadEnd<ImportCounts>> => runUpload(client, { path: '/v1/import', line: ImportLine, asked }, onProgress);
