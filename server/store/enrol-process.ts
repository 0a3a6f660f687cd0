import { asDeviceId, eventId, type WriterId } from '#shared/ids.ts';

import { writeLog, type LogDeps } from './log-writer.ts';
import { writer } from './schema.ts';

/** The first event of a writer of the server's own makes its device. Inside a write transaction, the head naming it. */
export function enrolProcess(deps: LogDeps, process: WriterId): void {
  const device = asDeviceId(eventId(process, 1));
  deps.connection.db.insert(writer).values({ writer: process, device, lastN: 0, through: 0 }).run();
  writeLog(deps, deps.clock(), (log) => {
    const data = { writer: process, form: 'process', unit: null, person: null } as const;
    log.record([{ subject: null, draft: { kind: 'deviceEnrolled', data }, by: null }]);
  });
}
