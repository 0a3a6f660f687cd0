import { useSignal } from '@preact/signals';

import type { Act, Look } from '#shared/api/upload.ts';

import type { UploadEnd } from '../../read/run-upload.ts';

type Asking<Counts> = {
  /** Has the centre look at, check or import a file under what is chosen now. */
  readonly ask: (act: Act, file: Blob, onRead: (rows: number) => void) => Promise<UploadEnd<Counts>>;
  /** What of a file is sent to be looked at. */
  readonly partOf: (file: File) => Blob;
  /** Another file, or none: choices begin anew. */
  readonly onChoose: (file: File | null) => void;
  /** It was looked at: what is recognised is filled in. */
  readonly onLook: (look: Look) => void;
  /** All that is chosen, as one text. What was found under other choices says nothing any more. */
  readonly choices: () => string;
};

export type FileImport<Counts> = {
  readonly name: string | null;
  readonly seen: Look | null;
  /** Rows read so far; null: the centre is not at it. */
  readonly read: number | null;
  /** How the last of it ended, as long as it is about what is chosen. */
  readonly ended: { readonly act: Act; readonly end: UploadEnd<Counts> } | null;
  readonly choose: (file: File | undefined) => Promise<void>;
  readonly run: (act: 'check' | 'import') => Promise<void>;
};

/** The way every file goes: choose ─► look ─► say what is what ─► check ─► import; another choice leads back to the check. */
export function useFileImport<Counts>(asking: Asking<Counts>): FileImport<Counts> {
  const { partOf, onChoose, onLook, choices } = asking;
  const file = useSignal<File | null>(null);
  const seen = useSignal<Look | null>(null);
  const read = useSignal<number | null>(null);
  const last = useSignal<{
    readonly act: Act;
    readonly end: UploadEnd<Counts>;
    readonly choices: string | null;
  } | null>(null);

  const ask = async (act: Act, what: Blob): Promise<UploadEnd<Counts>> => {
    read.value = 0;
    const end = await asking.ask(act, what, (rows) => (read.value = rows));
    read.value = null;
    return end;
  };

  return {
    name: file.value?.name ?? null,
    seen: seen.value,
    read: read.value,
    ended: last.value && (last.value.choices === null || last.value.choices === choices()) ? last.value : null,
    choose: async (chosen) => {
      // What the centre is at it finishes; its answer would be taken for one about this file.
      if (read.value !== null) return;
      file.value = chosen ?? null;
      seen.value = null;
      last.value = null;
      onChoose(file.value);
      if (!chosen) return;
      const end = await ask('look', partOf(chosen));
      if (end.is !== 'look') {
        last.value = { act: 'look', end, choices: null };
        return;
      }
      onLook(end);
      seen.value = end;
    },
    run: async (act) => {
      if (!file.value || read.value !== null) return;
      last.value = null;
      const under = choices();
      last.value = { act, end: await ask(act, file.value), choices: under };
    },
  };
}
