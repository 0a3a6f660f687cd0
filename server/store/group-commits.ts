import { isStorageFailure } from './storage-failure.ts';

type Run = <T>(work: () => T) => T;
type Job = { readonly run: () => () => void; readonly fail: (error: unknown) => void };

/**
 * Group commit: what asks to write in the same turn of the event loop becomes one transaction, so that one sync serves all.
 * Each is a part of it: what throws undoes its own changes only. When the disk or the commit fails, all of them fail.
 */
export function groupCommits(write: Run, part: Run): <T>(work: () => T) => Promise<T> {
  let waiting: Job[] = [];
  const commit = (): void => {
    const jobs = waiting;
    waiting = [];
    try {
      const answers = write(() => jobs.map(({ run }) => run()));
      for (const answer of answers) answer();
    } catch (error) {
      for (const { fail } of jobs) fail(error);
    }
  };
  return <T>(work: () => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const run = (): (() => void) => {
        try {
          const value = part(work);
          return () => resolve(value);
        } catch (error) {
          if (isStorageFailure(error)) throw error;
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- handed on as it was thrown
          return () => reject(error);
        }
      };
      if (waiting.push({ run, fail: reject }) === 1) setImmediate(commit);
    });
}
