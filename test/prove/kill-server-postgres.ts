import { postgresPrograms, startCluster } from '../store/cluster.ts';
import { killServerOn, type KillForm } from './kill-server.ts';
import type { ProofOptions, Proven } from './proof.ts';

/** Everything but what only happens inside SQLite's own backup; there is no file that could be torn at a start. */
const FORM: KillForm = {
  control: 'early-ack-postgres.ts',
  shares: [
    ['inserted', 12],
    ['committing', 12],
    ['committed', 18],
    ['raising', 8],
    ['raised', 8],
    ['starting', 6],
  ],
};

/** `n` SIGKILLs of a server on PostgreSQL, at random and named points, while 50 writers push. */
export async function killServerPostgres(options: ProofOptions): Promise<Proven> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is missing: apt-get install -y postgresql');
  const cluster = await startCluster(programs);
  try {
    return await killServerOn(async () => ({ DATABASE_URL: await cluster.database() }), FORM, options);
  } finally {
    await cluster.stop();
  }
}
