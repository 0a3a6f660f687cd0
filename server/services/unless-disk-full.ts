/** For what may stay unwritten while the disk is full, so that people can go on reading. */
export async function unlessDiskFull(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // As SQLite and PostgreSQL call it.
    if (code !== 'SQLITE_FULL' && code !== '53100') throw error;
  }
}
