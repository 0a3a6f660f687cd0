import type { Connection } from './connection.ts';

/**
 * Brings what lies in the file beside the database into it and cuts that file off: it holds earlier versions of every page.
 * Somebody who reads meanwhile may keep it from that; then it is overwritten by what is written next.
 */
export const shortenLog = ({ sqlite }: Connection): void => void sqlite.pragma('wal_checkpoint(TRUNCATE)');
