import type { Client } from './client-context.ts';

/** A whole request was refused before anything was read. */
export type RefusedUpload = { readonly is: 'refused'; readonly reasons: string[] };

type Upload<End> = {
  readonly path: string;
  readonly asked: { readonly head: object; readonly file: Blob };
  /** What a line says: how many rows are read, or how it ended; null: nothing that is understood. */
  readonly say: (raw: unknown) => { readonly read: number } | { readonly end: End } | null;
};

/** Posts a file and hears how far it is. `end` null: the answer has none. `begun`: at least a line of it came. */
export async function runUpload<End>(
  { upload }: Pick<Client, 'upload'>,
  { path, asked, say }: Upload<End>,
  onProgress: (read: number) => void,
): Promise<{ readonly end: End | RefusedUpload | null; readonly begun: boolean }> {
  let end: End | RefusedUpload | null = null;
  let begun = false;
  await upload(path, asked, {
    line: (raw) => {
      begun = true;
      const said = say(raw);
      if (said === null) return;
      if ('end' in said) end = said.end;
      else onProgress(said.read);
    },
    refused: (problem) => {
      end = { is: 'refused', reasons: [JSON.stringify(problem)] };
    },
  });
  return { end, begun };
}
