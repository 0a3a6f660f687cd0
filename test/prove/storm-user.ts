import { asUnitId } from '#shared/ids.ts';
import type { Cursor } from '#shared/sync/protocol.ts';

import { RawWriter, NotTaken } from '../e2e/raw-writer.ts';
import { USER } from './crowd.ts';
import type { UserWork } from './storm-desk.ts';

/**
 * A dispatcher in a process of his own, so that his times are the server's: takes one report after the other and asks for
 * news with each, the next as soon as he has the answer. `node storm-user.ts URL`; told `stop`, he says what he did.
 */
const [url = ''] = process.argv.slice(2);
const user = await RawWriter.signIn(url, USER.name, USER.password);
const unit = asUnitId(user.unit);
const done: UserWork = { made: [], acks: [], samples: [], refused: 0 };
const life = { stopped: false };
let cursor: Cursor | null = null;

async function work(): Promise<void> {
  while (!life.stopped || user.queued > 0) {
    if (user.queued === 0) {
      const address = `和平路${done.made.length + 1}号`;
      done.made.push(user.make('reported', { unit, address, area: 'urban', channel: 'phone' }));
    }
    const at = Date.now();
    const begun = performance.now();
    try {
      const { page, epoch } = await user.exchange(url, cursor);
      if (page) cursor = { epoch, scope: page.scope, q: page.to, h: page.h };
      done.samples.push({ at, ms: performance.now() - begun });
      process.send?.({ samples: done.samples.length });
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      done.refused += 1;
    }
  }
  done.acks.push(...user.acks);
  process.send?.(done, () => process.exit());
}

process.on('message', () => {
  life.stopped = true;
});
process.on('disconnect', () => process.exit());
await work();
