import { asDeviceId, eventId, type WriterId } from '#shared/ids.ts';

import { redactAgain, type Restore } from '../restore.ts';
import type { Ask } from './connection.ts';
import type { PostgresDeps } from './log-store.ts';
import { lockHead, writeLog } from './write-log.ts';

export const createRestore = (deps: PostgresDeps): Restore => ({
  beginAnew: ({ epoch, process, gatherUntil, redactions = [] }) =>
    deps.postgres.write(async (ask) => {
      const before = await lockHead(ask);
      await ask(
        'insert into history select coalesce(max(id), 0) + 1, $1, $2, $3 from history',
        before.epoch,
        before.q,
        before.chain,
      );
      await ask('update head set epoch = $1, process = $2, gather_until = $3', epoch, process, gatherUntil);
      await enrolProcess(ask, deps, process);
      if (redactions.length === 0) return;
      const { clock, onFault } = deps;
      await writeLog(ask, { received: clock(), onFault }, (log, tables) => redactAgain(tables, log, redactions));
    }),
  endGathering: () => deps.postgres.write(async (ask) => void (await ask('update head set gather_until = null'))),
});

/** The first event of a writer of the server's own makes its device. Inside a write transaction, the head naming it. */
export async function enrolProcess(ask: Ask, { clock, onFault }: PostgresDeps, process: WriterId): Promise<void> {
  const device = asDeviceId(eventId(process, 1));
  await ask('insert into writer values ($1, $2, 0, 0, null)', process, device);
  await writeLog(ask, { received: clock(), onFault }, (log) => {
    const data = { writer: process, form: 'process', unit: null, person: null } as const;
    return log.record([{ subject: null, draft: { kind: 'deviceEnrolled', data }, by: null }]);
  });
}
