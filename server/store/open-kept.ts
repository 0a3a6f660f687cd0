import { openStore, type StorePorts } from './open-store.ts';
import type { Store } from './store.ts';

/** `databaseUrl`: a PostgreSQL database; null: SQLite in `dataDir`. */
type Kept = { readonly dataDir: string; readonly databaseUrl: string | null };

/** Opens what is kept, wherever that is. */
export async function openKept({ dataDir, databaseUrl }: Kept, { clock, ...ports }: StorePorts): Promise<Store> {
  if (databaseUrl === null) return openStore(dataDir, { clock, ...ports });
  // Its driver is loaded only where it is used.
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(databaseUrl, ports);
}
