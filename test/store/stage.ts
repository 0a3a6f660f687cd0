import { afterEach, beforeEach } from 'vitest';

import { asOrderId, orderSubject, type Subject } from '#shared/ids.ts';

import type { LogLine } from '../../server/store/log-pages.ts';
import type { Store } from '../../server/store/store.ts';
import { startWorld, type Device, type Keeping, type World } from '../laws/world.ts';

export type Keep = () => Keeping | Promise<Keeping>;

type Stage = {
  readonly world: World;
  /** Of the first crew of the east. */
  readonly tablet: Device;
  /** Of the east's dispatcher. */
  readonly desk: Device;
  readonly logLines: () => Promise<readonly LogLine[]>;
  readonly report: (address?: string) => Promise<Subject>;
  /** An order that is with the tablet's crew. */
  readonly given: () => Promise<Subject>;
  /** Another process on the same database. */
  readonly beside: () => Store | Promise<Store>;
};

/** Before each test a world in a database of its own. */
export function useStage(keep: Keep): () => Stage {
  let stage: Stage | null = null;
  beforeEach(async () => {
    stage = await prepare(await keep());
  });
  afterEach(() => stage?.world.close());
  return () => {
    if (!stage) throw new Error('there is no stage yet');
    return stage;
  };
}

async function prepare(kept: Keeping): Promise<Stage> {
  const world = await startWorld(kept);
  const report = async (address = '幸福路18号'): Promise<Subject> => {
    const data = { unit: world.east, address, area: 'urban', channel: 'phone' } as const;
    return orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  };
  return {
    world,
    report,
    tablet: await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] }),
    desk: await world.enrol('desk', { unit: world.east, role: 'dispatcher' }),
    logLines: () => world.store.pages.page(0, 10_000),
    given: async () => {
      const order = await report();
      await world.record({ kind: 'dispatched', data: { crew: world.crews[0] } }, order);
      return order;
    },
    beside: () => kept.open({ clock: world.clock, random: (bytes) => new Uint8Array(bytes) }),
  };
}
