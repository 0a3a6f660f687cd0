import { Client, type PoolClient } from 'pg';

/**
 * A deliberately broken server for the negative control beside PostgreSQL: the commit of pushed events is said to be done
 * at once and is done half a second later, so it acknowledges before it commits. Nothing else differs.
 */
const COMMIT_LATE_MS = 500;

// oxlint-disable-next-line typescript/unbound-method -- called with the client it belongs to
const honest = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
/** Those whose transaction has written events. */
const wrote = new WeakSet<Client>();

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

Client.prototype.query = function query(this: Client & Partial<PoolClient>, text: unknown, ...rest: unknown[]) {
  if (typeof text === 'string' && text.startsWith('insert into "event"')) wrote.add(this);
  if (text !== 'commit' || !wrote.delete(this)) return honest.call(this, text, ...rest);
  const late = wait(COMMIT_LATE_MS).then(() => honest.call(this, 'commit'));
  // Nobody else gets the connection before it has really committed.
  const { release } = this;
  if (release) this.release = (broken) => void late.catch(() => {}).then(() => release(broken));
  return Promise.resolve({ rows: [], rowCount: 0 });
} as typeof Client.prototype.query;

await import('../../server/main.ts');
