import { framed, unframed } from './copy-frames.ts';

/**
 * Keeps the second copy in files of the origin (OPFS), which the browser does not throw away when it finds its database
 * spoiled. Only a worker may write such a file and wait until it is on the disk. Each page writes into a file of its own:
 * a file can be opened for writing once, and whoever finds one free knows that its page is gone.
 */
export type CopyQuestion =
  | { readonly id: number; readonly do: 'open'; readonly name: string }
  | { readonly id: number; readonly do: 'add'; readonly texts: readonly string[] }
  /** Puts `texts` in the place of all that pages which are gone have left. */
  | { readonly id: number; readonly do: 'renew'; readonly texts: readonly string[] };

/** `texts`: after `open`, all that is kept. `files`, `bytes`: what of it lies in files nobody writes any more. */
export type CopyAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly texts: readonly string[];
      readonly files: number;
      readonly bytes: number;
    }
  | { readonly id: number; readonly ok: false };

/** The part of the platform that the DOM's types leave to workers. */
type SyncFile = {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(from: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
};
declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- adds to the platform's own
  interface FileSystemFileHandle {
    createSyncAccessHandle(): Promise<SyncFile>;
  }
}

/** More pages than this at once keep one copy only. */
const MOST_FILES = 32;

const keeper = createKeeper();
addEventListener('message', ({ data }: MessageEvent<CopyQuestion>) => {
  void answer(data).then((said) => postMessage(said));
});

async function answer(question: CopyQuestion): Promise<CopyAnswer> {
  const { id } = question;
  const nothing = { id, ok: true, texts: [], files: 0, bytes: 0 } as const;
  try {
    if (question.do === 'open') return { id, ok: true, ...(await keeper.open(question.name)) };
    if (question.do === 'add') keeper.add(question.texts);
    else await keeper.renew(question.texts);
    return nothing;
  } catch {
    return { id, ok: false };
  }
}

function createKeeper() {
  let folder: FileSystemDirectoryHandle | null = null;
  let own: SyncFile | null = null;
  /** Files of pages that are gone. */
  let left: SyncFile[] = [];
  let end = 0;

  const add = (texts: readonly string[]): void => {
    if (!own) throw new Error('no file');
    const bytes = framed(texts);
    if (own.write(bytes, { at: end }) < bytes.length) throw new Error('cut off');
    end += bytes.length;
    own.flush();
  };
  const fresh = async (): Promise<SyncFile> => {
    for (let number = 0; number < MOST_FILES; number += 1) {
      if (!folder) break;
      const file = await folder.getFileHandle(String(number), { create: true });
      const opened = await file.createSyncAccessHandle().catch(() => null);
      if (opened?.getSize() === 0) return opened;
      opened?.close();
    }
    throw new Error('no file is free');
  };

  return {
    add,
    async open(name: string) {
      const root = await navigator.storage.getDirectory();
      folder = await root.getDirectoryHandle(name, { create: true });
      const texts: string[] = [];
      let bytes = 0;
      for (let number = 0; number < MOST_FILES; number += 1) {
        // They are made in order, so the first that is missing is the end.
        const file = await folder.getFileHandle(String(number)).catch(() => null);
        if (!file) break;
        const free = await file.createSyncAccessHandle().catch(() => null);
        if (!free) {
          texts.push(...unframed(new Uint8Array(await (await file.getFile()).arrayBuffer())));
          continue;
        }
        const held = new Uint8Array(free.getSize());
        free.read(held, { at: 0 });
        texts.push(...unframed(held));
        bytes += held.length;
        if (held.length > 0 || !own) left.push(free);
        else free.close();
        own ??= free;
      }
      own ??= await fresh();
      const first = own;
      left = left.filter((file) => file !== first);
      end = first.getSize();
      return { texts, bytes, files: left.length };
    },
    async renew(texts: readonly string[]) {
      const before = [...(own ? [own] : []), ...left];
      [own, end, left] = [await fresh(), 0, []];
      add(texts);
      for (const file of before) {
        file.truncate(0);
        file.flush();
        file.close();
      }
    },
  };
}
