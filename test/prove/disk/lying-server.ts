import Sqlite, { type Database } from 'better-sqlite3';

/** A deliberately broken server for the negative control: where a commit fails, it answers as if it had not. */
// oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
const honest = Sqlite.prototype.transaction;

Sqlite.prototype.transaction = function transaction(this: Database, work: (...args: unknown[]) => unknown) {
  const worked: { result: unknown }[] = [];
  const careful = honest.call(this, (...args: unknown[]) => {
    const result = work(...args);
    worked.push({ result });
    return result;
  });
  const lying =
    (kind: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      worked.length = 0;
      try {
        return kind(...args);
      } catch (error) {
        const whole = worked.at(-1);
        if (!whole || this.inTransaction) throw error;
        return whole.result;
      }
    };
  return Object.assign(lying(careful), {
    default: lying(careful),
    deferred: lying((...args) => careful.deferred(...args)),
    immediate: lying((...args) => careful.immediate(...args)),
    exclusive: lying((...args) => careful.exclusive(...args)),
  });
} as typeof honest;

await import('../../../server/main.ts');
