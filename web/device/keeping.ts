/** Whether the browser promised to keep what is stored here, and how full it is; null where it does not say. */
export type Keeping = {
  readonly persisted: boolean | null;
  readonly storage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
};

export const UNKNOWN_KEEPING: Keeping = { persisted: null, storage: null };

/** Asks the browser to keep what is stored here, each time anew until it agrees, and for how much room is left. */
export async function askToKeep(): Promise<Keeping> {
  if (!('storage' in navigator)) return UNKNOWN_KEEPING;
  try {
    const persisted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
    const { usage, quota } = await navigator.storage.estimate();
    const known = usage !== undefined && quota !== undefined;
    return { persisted, storage: known ? { usedBytes: usage, quotaBytes: quota } : null };
  } catch {
    return UNKNOWN_KEEPING;
  }
}
