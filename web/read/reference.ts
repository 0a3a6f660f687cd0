import { type ReferenceHead, ReferenceLine } from '#shared/api/reference.ts';

import type { Client } from './client-context.ts';

/** How asking for reference data ended; without an end nothing was written. */
export type ReferenceEnd = Exclude<ReferenceLine, { is: 'progress' | 'brokenOff' }> | { readonly is: 'network' };

/** Looks at, checks or imports a file of equipment. */
export async function runReference(
  { upload }: Pick<Client, 'upload'>,
  asked: { readonly head: ReferenceHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<ReferenceEnd> {
  let end: ReferenceEnd | null = null;
  await upload('/v1/reference', asked, {
    line: (raw) => {
      const line = ReferenceLine.safeParse(raw);
      if (!line.success || line.data.is === 'brokenOff') return;
      if (line.data.is === 'progress') onProgress(line.data.read);
      else end = line.data;
    },
    refused: (problem) => {
      end = { is: 'refused', reasons: [JSON.stringify(problem)] };
    },
  });
  return end ?? { is: 'network' };
}
