import { ImportFault, wholeFile } from '#shared/api/import-fault.ts';
import { Problem } from '#shared/api/problem.ts';
import type { Act, UploadLine } from '#shared/api/upload.ts';

import type { Client } from './client-context.ts';

/**
 * How an upload ended. `refused` is also a request of which nothing was read; `network`: nothing was written; `brokenOff`:
 * what was written until then stays, and may be more than was told.
 */
export type UploadEnd<Counts> = Exclude<UploadLine<Counts>, { is: 'progress' }> | { readonly is: 'network' };

type Upload<Counts> = {
  readonly path: string;
  readonly line: {
    readonly safeParse: (raw: unknown) => { success: true; data: UploadLine<Counts> } | { success: false };
  };
  readonly asked: { readonly head: { readonly act: Act }; readonly file: Blob };
};

/** Posts a file and hears how far it is. An answer without an end is said to have none. */
export async function runUpload<Counts>(
  { upload }: Pick<Client, 'upload'>,
  { path, line, asked }: Upload<Counts>,
  onProgress: (read: number) => void,
): Promise<UploadEnd<Counts>> {
  let end: UploadEnd<Counts> | null = null;
  let begun = false;
  await upload(path, asked, {
    line: (raw) => {
      begun = true;
      const exact = line.safeParse(raw);
      const said = exact.success ? exact : line.safeParse(withKnownReasons(raw));
      if (!said.success) return;
      if (said.data.is === 'progress') onProgress(said.data.read);
      else end = said.data;
    },
    refused: (problem) => {
      end = { is: 'refused', reasons: [wholeFile({ code: 'notTaken', problem: problemOf(problem) })] };
    },
  });
  return end ?? { is: begun || asked.head.act === 'import' ? 'brokenOff' : 'network' };
}

/** A newer centre has reasons that this page does not know. One of them must not cost the rest of its answer. */
const withKnownReasons = (raw: unknown): unknown =>
  JSON.parse(JSON.stringify(raw), (name, value: unknown) =>
    name === 'why' && !ImportFault.safeParse(value).success ? { code: 'unknown' } : value,
  );

/** Its code, with what is wrong in the request. */
function problemOf(said: unknown): string {
  const problem = Problem.safeParse(said);
  if (!problem.success) return '?';
  const { code, field, reason } = problem.data;
  return [code, field, reason].filter((part) => part !== undefined).join(' · ');
}
