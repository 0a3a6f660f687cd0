import type { Engine } from '#shared/engine/engine.ts';
import { asOrderId, orderSubject, type OrderId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { MINUTE, startWorld, type World } from '../laws/world.ts';
import { FakeMachine, FakeTime } from './fake-machine.ts';
import { RealServer } from './real-server.ts';

/** A crew's tablet against the server's own code: enrolled, with an order in its hands. */
export type RealTablet = {
  readonly world: World;
  readonly server: RealServer;
  readonly time: FakeTime;
  readonly machine: FakeMachine;
  readonly engine: Engine;
  readonly order: OrderId;
  readonly end: () => Promise<void>;
};

export async function startRealTablet(customer?: { readonly name: string }): Promise<RealTablet> {
  const world = await startWorld();
  const [crew] = world.crews;
  const device = await world.enrol('tablet', { unit: world.east, role: 'crew', crew });
  const session = { device: device.of.id, person: device.of.who, form: 'tablet', tokenHash: 't', madeAt: 0 } as const;
  await world.store.accounts.startSession(session);
  const time = new FakeTime();
  const server = new RealServer(world, device, () => time.now);
  const machine = new FakeMachine(time, server);
  const order = await dispatchedOrder(world, customer);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(MINUTE);
  const end = async (): Promise<void> => {
    machine.kill();
    await time.pass(0);
    world.close();
  };
  return { world, server, time, machine, engine, order, end };
}

/** An order in the hands of the first crew. */
export async function dispatchedOrder(world: World, customer?: { readonly name: string }): Promise<OrderId> {
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = asOrderId(
    await world.record({ kind: 'reported', data: customer === undefined ? data : { ...data, customer } }),
  );
  await world.record({ kind: 'dispatched', data: { crew: world.crews[0] } }, orderSubject(order));
  return order;
}
