import { canonical, type Json } from '#shared/canonical.ts';
import type { Engine } from '#shared/engine/engine.ts';
import type { CrewId, DeviceId } from '#shared/ids.ts';
import { orderSubject } from '#shared/ids.ts';

import { createChance } from '../../server/demo/chance.ts';
import { fakeRandom } from '../../server/device/fake-random.ts';
import { createVirtualTime } from '../replay/virtual-time.ts';
import { openBase, type ServerParts } from './base.ts';
import { CHOKE, createDoings, type Inhabitant, type World } from './doings.ts';
import type { Exchange, History, MachineTrace, Saved } from './history.ts';
import { createMachine, type ClientParts, type Machine } from './machine.ts';
import type { Page } from './page.ts';
import { DAYS, type Plan } from './plan.ts';
import { BEGIN, CODES_EACH, PASSWORD, type Templates } from './template.ts';

export type Parts = ServerParts & ClientParts;

const HOUR = 3_600_000;
/** Long enough for everything to be delivered, and then for what was put aside to be tried again. */
const CALM_MS = 3 * HOUR;
const PARKED_MS = 26 * HOUR;
/** Everybody asks once in this time. */
const HEARD_MS = 1.5 * HOUR;

/** Lives through a plan and gives what it left behind. `parts`: wrong ones, for checkers to catch. */
export async function run(plan: Plan, templates: Templates, parts: Parts = {}): Promise<History> {
  const template = await templates.of(plan.size);
  const time = createVirtualTime(BEGIN);
  const chance = createChance(`run ${plan.seed}`);
  const random = fakeRandom(`run ${plan.seed}`);
  const base = await openBase({ template, time, random, pageEvents: plan.pageEvents, parts });
  const machines: Inhabitant[] = [];
  const saved: Saved[] = [];
  const defects: unknown[] = [];
  const track = (work: Promise<unknown>): void => void work.catch((error: unknown) => defects.push(error));

  const make = async (
    form: 'tablet' | 'desk',
    own: Pick<Inhabitant, 'unit' | 'codes'>,
    of: Machine | null,
  ): Promise<Inhabitant> => {
    const index = machines.length;
    const machine = await createMachine({
      index,
      form,
      time,
      chance: chance.branch(`machine ${index}`),
      parts,
      arrive: async (request, cookie) => {
        const self = machines[index];
        if (self && time.now() < self.strangeUntil) return notSignedIn;
        return base.arrive(index, request, cookie);
      },
      onStart: async (_, { engine }: Page) => {
        const self = machines[index];
        if (!engine || !self) return;
        if (engine.meta().session === null && self.device === null) await enter(self, engine);
      },
      ...(of
        ? { keep: await of.keep.disk.copy().then((disk) => ({ ...of.keep, disk, jar: new Map(of.keep.jar) })) }
        : {}),
    });
    const whole = Object.assign(machine, {
      cloneOf: of?.index ?? null,
      ...own,
      device: null as DeviceId | null,
      strangeUntil: 0,
    });
    machines.push(whole);
    return whole;
  };
  /** A dispatcher signs in; a tablet is given its next code. */
  const enter = async (machine: Inhabitant, engine: Engine): Promise<void> => {
    const [code = '', ...others] = machine.codes;
    machine.codes = others;
    const login = `desk${machine.index - tablets}`;
    const entered = await (machine.form === 'desk' ? engine.signIn(login, PASSWORD) : engine.enrol(code));
    if (entered.ok) machine.device = entered.value.device;
    // Whether it was taken is not known where no answer came: once more when there is no other.
    else if (entered.error === 'network' && machine.form === 'tablet') machine.codes = [...machine.codes, code];
  };
  const tablets = plan.size.crews.reduce((sum, count) => sum + count, 0);

  const given = plan.size.crews.flatMap((size, index) => {
    const crew = template.crews[index];
    if (!crew) throw new Error('the template is of another size');
    const codesOf = (tablet: number) => crew.codes.slice(tablet * CODES_EACH, (tablet + 1) * CODES_EACH);
    return Array.from({ length: size }, (_, tablet) => ({ unit: crew.unit, codes: codesOf(tablet) }));
  });
  // Each second code is another crew's: with one of its own crew a tablet stays the device that it is.
  const away = Math.max(...plan.size.crews);
  for (const [index, { unit, codes }] of given.entries()) {
    const others = given[(index + away) % given.length]?.codes ?? [];
    await make('tablet', { unit, codes: codes.map((code, at) => (at % 2 === 0 ? code : (others[at] ?? code))) }, null);
  }
  for (let desk = 0; desk < plan.size.desks; desk += 1)
    await make('desk', { unit: template.units[desk === 0 ? 0 : 1], codes: [] }, null);
  for (const machine of machines) track(machine.use(60_000));

  const world: World = {
    time,
    base,
    machines,
    crews: template.crews.map(({ id }): CrewId => id),
    unit: template.units[1],
    saved,
    track,
    enter,
    clone: async (of) => {
      const from = machines[of];
      if (!from) return;
      const half = from.codes.slice(from.codes.length / 2);
      from.codes = from.codes.slice(0, from.codes.length / 2);
      const copy = await make('tablet', { unit: from.unit, codes: half }, from);
      copy.device = from.device;
    },
  };
  const doings = createDoings(world);
  for (const one of plan.happenings) time.at(BEGIN + one.at, () => track(doings.happen(one)));
  const calm = (): Promise<void> => Promise.resolve();
  await time.live(BEGIN + DAYS * 24 * HOUR, calm);

  const healedAt = time.now();
  await doings.heal();
  await time.live(healedAt + CALM_MS, calm);
  const isParked = machines.some((machine) => (machine.front()?.engine?.status().parked ?? 0) > 0);
  if (isParked) await time.live(healedAt + CALM_MS + PARKED_MS, calm);
  // Who was found to be two may say so late: everybody is given the time to hear of it.
  for (let more = 0; more < 3 && time.now() < grownAt(base.wire) + HEARD_MS; more += 1)
    await time.live(grownAt(base.wire) + HEARD_MS, calm);

  const traces = await Promise.all(machines.map((machine) => traceOf(machine)));
  const history: History = {
    seed: plan.seed,
    poison: CHOKE,
    healedAt,
    endedAt: time.now(),
    saved,
    wire: base.wire,
    machines: traces,
    ...(await base.dump()),
  };
  await time.during(Promise.all(machines.map((machine) => machine.stop())));
  await base.close();
  if (defects.length > 0)
    throw new AggregateError(defects, `seed ${plan.seed}: the client broke: ${String(defects[0])}`);
  return history;
}

async function traceOf(machine: Inhabitant): Promise<MachineTrace> {
  const engine = machine.front()?.engine;
  const orders = engine?.orders().filter(({ drop }) => drop === null) ?? [];
  return {
    machine: machine.index,
    form: machine.form,
    device: engine?.meta().session?.device ?? machine.device ?? '',
    cloneOf: machine.cloneOf,
    unit: machine.unit,
    disk: machine.keep.disk.steps,
    told: machine.told,
    rows: await machine.keep.disk.rows(),
    cache: await machine.keep.disk.cache.load(),
    shown: new Map(
      orders.map(({ order }) => [orderSubject(order.id), canonical(JSON.parse(JSON.stringify(order)) as Json)]),
    ),
    state: engine?.status().state ?? 'closed',
  };
}

const NOT_SIGNED_IN = JSON.stringify({ code: 'signInNeeded' });
const notSignedIn = {
  status: 401,
  header: (name: string): string | null => (name === 'content-type' ? 'application/json' : null),
  text: NOT_SIGNED_IN,
  cookies: [],
  delivered: (): void => undefined,
};

/** Since when the log has been as long as it is, as far as it was said. */
function grownAt(wire: readonly Exchange[]): number {
  let since = 0;
  let head = 0;
  for (const { at, answer } of wire) {
    if (!answer || answer.head === head) continue;
    head = answer.head;
    since = at;
  }
  return since;
}
