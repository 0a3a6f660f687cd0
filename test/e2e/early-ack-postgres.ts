import { setTimeout as pause } from 'node:timers/promises';

import { Client, type PoolClient } from 'pg';

/**
 * A deliberately broken server for the negative control: a commit is answered at once and sent one and a half
 * seconds later, so it acknowledges before it commits. Nothing else differs.
 */
const COMMIT_LATE_MS = 1_500;

// oxlint-disable-next-line typescript/unbound-method -- called with the client it belongs to
const honest = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
Client.prototype.query = function query(
  this: Client & Partial<PoolClient>,
  text: unknown,
  ...rest: unknown[]
): unknown {
  if (text !== 'commit') return honest.call(this, text, ...rest);
  const { release } = this;
  // Nobody else gets this connection meanwhile.
  this.release = (error) => void commitLate(this, () => release?.(error));
  return Promise.resolve({ rows: [] });
} as typeof Client.prototype.query;

async function commitLate(client: Client, done: () => void): Promise<void> {
  await pause(COMMIT_LATE_MS);
  await Promise.resolve(honest.call(client, 'commit')).catch(() => {});
  done();
}

await import('../../server/main.ts');
