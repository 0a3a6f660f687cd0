import { open, type FileHandle } from 'node:fs/promises';

import { err, type Result } from '#shared/result.ts';

import { checkPack, type PackContents, type PackRefusal } from './check-pack.ts';

/** Checks the archive in a file. */
export async function checkPackFile(path: string): Promise<Result<PackContents, PackRefusal>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    return err({ code: 'unreadable', detail: error instanceof Error ? error.message : String(error) });
  }
  try {
    const { size } = await file.stat();
    const getBytes = async (offset: number, length: number) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return { data: bytes.buffer.slice(0, bytesRead) };
    };
    return await checkPack({ source: { getKey: () => path, getBytes }, size });
  } finally {
    await file.close();
  }
}
