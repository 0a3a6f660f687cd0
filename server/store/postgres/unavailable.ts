/**
 * The database did not answer in time, or went away. Whether the last transaction is in it may be unknown: sent again,
 * its events are answered `dup`.
 */
export class Unavailable extends Error {
  readonly code = 'BUSY';

  constructor(cause: unknown) {
    super('the database is not available', { cause });
    this.name = 'Unavailable';
  }
}
