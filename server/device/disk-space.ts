import { statfs } from 'node:fs/promises';

/** Bytes that a service may still write where this folder lies. */
export type FreeSpace = (folder: string) => Promise<number>;

export const freeSpace: FreeSpace = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};
