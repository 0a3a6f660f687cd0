import { type ReferenceHead, ReferenceLine } from '#shared/api/reference.ts';

import type { Client } from './client-context.ts';
import { runUpload } from './run-upload.ts';

/** How asking for reference data ended; without an end nothing was written. */
export type ReferenceEnd = Exclude<ReferenceLine, { is: 'progress' | 'brokenOff' }> | { readonly is: 'network' };

/** Looks at, checks or imports a file of equipment. */
export async function runReference(
  client: Pick<Client, 'upload'>,
  asked: { readonly head: ReferenceHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<ReferenceEnd> {
  const say = (raw: unknown): { read: number } | { end: ReferenceEnd } | null => {
    const line = ReferenceLine.safeParse(raw);
    if (!line.success || line.data.is === 'brokenOff') return null;
    return line.data.is === 'progress' ? line.data : { end: line.data };
  };
  const { end } = await runUpload(client, { path: '/v1/reference', asked, say }, onProgress);
  return end ?? { is: 'network' };
}
