import { join } from 'node:path';

import type { Engine } from '#shared/engine/engine.ts';
import { asOrderId, CrewId, UnitId, type EventId, type OrderId } from '#shared/ids.ts';

import { freePort, pause, relight, startServerProcess, type ServerProcess } from '../../e2e/server-process.ts';
import { FieldDevice } from './field-device.ts';

/** A power company with one station: a real server process, tablets of so many crews, and desks. */
export type Utility = {
  readonly dataDir: string;
  readonly unit: UnitId;
  readonly crews: readonly CrewId[];
  readonly server: () => ServerProcess;
  readonly start: () => Promise<void>;
  readonly tablet: (name: string, more?: Partial<ConstructorParameters<typeof FieldDevice>[0]>) => Promise<FieldDevice>;
  readonly desk: (name: string, more?: Partial<ConstructorParameters<typeof FieldDevice>[0]>) => Promise<FieldDevice>;
};

/** The name of a device that is a control. */
export const WRONGLY_BUILT = '坏';

const CREWS = 4;
const TABLETS_OF_EACH = 20;
/** While the command line runs, connections that were kept open end. */
const TRIES = 5;

/** `random`: in [0, 1). */
export async function foundUtility(dir: string, random: () => number): Promise<Utility> {
  const dataDir = join(dir, 'data');
  const made = (args: string[], input?: string) =>
    JSON.parse(relight(dataDir, [...args, '--json'], input)) as { id: EventId; codes?: string[] };
  const unit = UnitId.parse(made(['unit', 'add', '--name', '城西供电所', '--level', 'station']).id);
  const crews = Array.from({ length: CREWS }, (_, index) =>
    CrewId.parse(made(['crew', 'add', '--name', `班${index}`, '--unit', unit]).id),
  );
  made(['user', 'add', '--name', 'desk', '--role', 'dispatcher', '--unit', unit, '--password-stdin'], 'correct horse');
  const worker = made(['user', 'add', '--name', '李工', '--role', 'crew', '--unit', unit]).id;
  const codes = crews.flatMap((crew) => {
    const count = String(TABLETS_OF_EACH);
    return made(['enrol-code', '--crew', crew, '--person', worker, '--count', count]).codes ?? [];
  });
  const port = await freePort();
  let server: ServerProcess | null = null;
  let enrolled = 0;
  const running = (): ServerProcess => {
    if (!server) throw new Error('the server does not run');
    return server;
  };
  const device = (name: string, form: 'tablet' | 'desk') => ({
    name,
    form,
    random,
    url: () => `http://127.0.0.1:${port}`,
  });
  return {
    dataDir,
    unit,
    crews,
    server: running,
    start: async () => {
      server = await startServerProcess({ dataDir, port, env: { LOG_LEVEL: 'warn' } });
    },
    tablet: async (name, more = {}) => {
      // One crew after another.
      const code = codes[(enrolled % CREWS) * TABLETS_OF_EACH + Math.floor(enrolled / CREWS)] ?? '';
      enrolled += 1;
      const one = new FieldDevice({ ...device(name, 'tablet'), ...more });
      const engine = await one.open();
      await entered(() => engine.enrol(code));
      return one;
    },
    desk: async (name, more = {}) => {
      const one = new FieldDevice({ ...device(name, 'desk'), ...more });
      const engine = await one.open();
      await entered(() => engine.signIn('desk', 'correct horse'));
      return one;
    },
  };
}

async function entered(enter: () => ReturnType<Engine['enrol']>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await enter();
    if (answer.ok) return;
    if (answer.error !== 'network' || tries === TRIES) throw new Error(`cannot enrol: ${answer.error}`);
  }
}

/** Something that a person at this device may do now, if there is anything. */
export async function doSomething(device: FieldDevice, { crews, unit }: Utility, random: () => number): Promise<void> {
  const { engine } = device;
  if (!engine) return;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const text = `${device.name}·${device.saved.length}`;
  // What a wrongly built device begins may go with it, and nobody else's work shall hang on that.
  const isApart = (of: string): boolean => of.startsWith(WRONGLY_BUILT);
  const orders = engine
    .orders()
    .filter(
      ({ order: { report }, drop }) => report && drop === null && isApart(report.address) === isApart(device.name),
    );
  if (device.made.form === 'desk' && (random() < 0.3 || orders.length === 0)) {
    const report = { unit, address: text, area: 'urban', channel: 'phone' } as const;
    const made: OrderId | null = await device.record('new', { kind: 'reported', data: report });
    const crew = pick(crews);
    if (made && crew) await device.record(asOrderId(made), { kind: 'dispatched', data: { crew } });
    return;
  }
  const order = pick(orders)?.order;
  if (!order) return;
  const crew = device.made.form === 'desk' ? null : (engine.meta().session?.crew?.id ?? null);
  await device.record(order.id, { kind: 'noted', data: { crew, text } });
}

/** Waits until every device has nothing left to send; false: some still had after `ms`. */
export async function untilDelivered(devices: readonly FieldDevice[], ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  for (const device of devices) device.signal(true);
  const isDone = ({ engine }: FieldDevice): boolean => {
    if (!engine) return true;
    const { waiting, parked, state } = engine.status();
    // What was told to be a fork goes on under another name at the next turn.
    const forked = engine.outbox().some(({ heldCode }) => heldCode === 'forked');
    return waiting === 0 && parked === 0 && state === 'idle' && !forked;
  };
  while (performance.now() < until) {
    if (devices.every(isDone)) return true;
    await pause(100);
  }
  return false;
}
