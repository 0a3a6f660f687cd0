import { TabletFileAnswer, type TabletFileAsk } from '#shared/api/tablet-file.ts';

import type { Client } from './client-context.ts';

export type TabletFileEnd = TabletFileAnswer | { readonly is: 'network' };

/** Looks at what a tablet saved as a file, or takes it in. Asked again it does nothing twice. */
export async function bringTabletFile(
  { upload }: Pick<Client, 'upload'>,
  ask: TabletFileAsk,
  file: Blob,
): Promise<TabletFileEnd> {
  let end: TabletFileEnd = { is: 'network' };
  const failed: TabletFileEnd = { is: 'refused', why: 'failed', line: null, field: null };
  await upload(
    '/v1/tablet-file',
    { head: ask, file },
    {
      line: (raw) => {
        const read = TabletFileAnswer.safeParse(raw);
        end = read.success ? read.data : failed;
      },
      refused: (problem) => {
        const tooLarge = typeof problem === 'object' && problem !== null && Reflect.get(problem, 'code') === 'tooLarge';
        end = tooLarge ? { ...failed, why: 'tooLarge' } : failed;
      },
    },
  );
  return end;
}
