import { pino, type DestinationStream } from 'pino';

/** One line per happening: plain fields first, then a sentence. Never a token, a password, a code or a customer. */
export type Log = {
  readonly info: (fields: object, says: string) => void;
  readonly warn: (fields: object, says: string) => void;
  readonly error: (fields: object, says: string) => void;
};

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/** Writes JSON lines to standard output, or to `destination`. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, redact: ['*.password', '*.code', '*.token', '*.cookie', '*.authorization'] };
  return destination ? pino(options, destination) : pino(options);
}
