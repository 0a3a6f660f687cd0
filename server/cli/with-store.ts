import { err, type Result } from '#shared/result.ts';

import { parseConfig, type Config } from '../config.ts';
import { openKept } from '../store/open-kept.ts';
import type { Store } from '../store/store.ts';
import type { Terminal } from './terminal.ts';
import { failed, wrong, type Complaint } from './verb.ts';

/** The settings, as the server reads them. */
export function settings(terminal: Terminal): Result<Config, Complaint> {
  const config = parseConfig(terminal.env);
  if (config.ok) return config;
  const [first] = config.error;
  return err(wrong(first?.setting ?? null, first?.reason ?? 'the settings cannot be read'));
}

/** Runs `work` with the data directory open. Beside a live server both write in turn. */
export async function withStore<T>(
  terminal: Terminal,
  work: (store: Store, config: Config) => Promise<Result<T, Complaint>>,
): Promise<Result<T, Complaint>> {
  const config = settings(terminal);
  if (!config.ok) return config;
  const { clock, random } = terminal;
  const onFault = ({ subject, error }: { subject: string; error: unknown }): void =>
    terminal.stderr(`warning: ${subject} cannot be shown: ${String(error)}\n`);
  const store = await openKept(config.value, { clock, random, onFault });
  try {
    return await work(store, config.value);
  } catch (error) {
    if (isBusy(error))
      return err(failed(null, 'the database is busy or does not answer; nothing more was written, try again'));
    throw error;
  } finally {
    store.close();
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['SQLITE_BUSY', 'BUSY'].includes(String(error.code));
