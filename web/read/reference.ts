import { type ReferenceCounts, type ReferenceHead, ReferenceLine } from '#shared/api/reference.ts';

import type { Client } from './client-context.ts';
import { runUpload, type UploadEnd } from './run-upload.ts';

/** Looks at, checks or imports a file of equipment. One that broke off wrote nothing. */
export const runReference = (
  client: Pick<Client, 'upload'>,
  asked: { readonly head: ReferenceHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<UploadEnd<ReferenceCounts>> =>
  runUpload(client, { path: '/v1/reference', line: ReferenceLine, asked }, onProgress);
