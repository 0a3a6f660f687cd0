import { setTimeout as pause } from 'node:timers/promises';

import { err, ok } from '#shared/result.ts';

import { clockFiles } from '../device/clock-files.ts';
import { createGuardedClock } from '../device/guarded-clock.ts';
import { machineReadings } from '../device/machine-readings.ts';
import { failed, readOptions, wrong, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const clockVerb: Verb = {
  usage: '[accept]',
  help: [
    'Shows server time, and whether the clock of this machine jumped; then server time does not follow it.',
    'accept  says that the clock of this machine is right now: a running server follows within a second,',
    '        one that is not running when it starts',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return options;
    const [what, extra] = options.value.positionals;
    if (extra !== undefined || (what !== undefined && what !== 'accept'))
      return err(wrong(extra ?? what ?? null, 'say accept, or nothing'));
    const config = settings(terminal);
    if (!config.ok) return config;

    const files = clockFiles(config.value.dataDir);
    const clock = createGuardedClock(terminal.readings ?? machineReadings(), files.anchor());
    const jump = clock.jump();
    const server = clock.now();
    const shown = [
      `Server time   ${new Date(server).toISOString()}`,
      ...(jump
        ? [
            `This machine  ${new Date(server + jump.by).toISOString()}, ${jump.by > 0 ? 'ahead' : 'behind'} by ${lengthOf(jump.by)}`,
          ]
        : ['This machine agrees.']),
    ];
    if (what !== 'accept') {
      const ask = jump ? ['If the clock of this machine is right: relight clock accept'] : [];
      await terminal.result({ server, jump }, [...shown, ...ask]);
      return ok(0);
    }
    if (!jump)
      return err(failed(null, 'the clock of this machine agrees with server time; there is nothing to accept'));
    files.putAccepted(jump.by);
    const taken = await takenSoon(() => files.accepted() === null);
    await terminal.result({ server, jump, taken }, [
      ...shown,
      taken ? 'Accepted: the running server follows it.' : 'Accepted: the server follows it when it starts.',
    ]);
    return ok(0);
  },
};

const PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 100;

async function takenSoon(taken: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    if (taken()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return taken();
}

/** As people say it: 1 h 0 min, 2 min 5 s. */
function lengthOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
