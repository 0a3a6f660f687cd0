import { parseConfig } from '../../../server/config.ts';
import { systemRandom } from '../../../server/device/random.ts';
import { openServices } from '../../../server/open-services.ts';
import type { Own } from '../../../server/store/log-writer.ts';
import type { Draft } from '../../../shared/event/catalog.ts';
import { asOrderId, orderSubject, type CrewId, type EventId, type OrderId } from '../../../shared/ids.ts';
import { must } from '../../../shared/result.ts';
import { keptLog } from '../../api/harness.ts';
import type { Place, Seeded } from './seed.ts';

/** `through`: orders that have come and gone. `events`: recorded so far. */
export type Churn = {
  readonly through: () => number;
  readonly events: () => number;
  readonly stop: () => Promise<void>;
};

type Work = { readonly order: OrderId; readonly crew: CrewId; step: number };

const STEPS = ['accepted', 'departed', 'arrived', 'restored'] as const;
const EACH_MS = 1_000;
const VANS_EACH = 10;

/**
 * A storm that goes on beside a server: each second so many orders are reported and dispatched, as many take a step of
 * their work, and as many that are done are closed and archived. What is open stays as many as it was.
 */
export async function startChurn(dataDir: string, { vans, places }: Seeded, perSecond: number): Promise<Churn> {
  const config = must(parseConfig({ DATA_DIR: dataDir }));
  const ports = { clock: () => Date.now(), random: systemRandom, log: keptLog().log };
  const { store, close } = await openServices(config, ports);
  const home = vans[0] && (await store.roster.crew(vans[0].crew));
  if (!home) throw new Error('nobody works here');
  // Those that were open from the start go first, so that nothing of the beginning is left at the end.
  const queue: Work[] = vans.flatMap(({ crew, orders }) => orders.map((order) => ({ order, crew, step: 0 })));
  const count = { through: 0, events: 0, reported: 0, heard: 0 };

  const record = async (batch: readonly Own[]): Promise<readonly EventId[]> => {
    count.events += batch.length;
    return store.log.record(batch);
  };
  const about = ({ order }: Work, draft: Draft): Own => ({ subject: orderSubject(order), draft, by: null });
  const second = async (): Promise<void> => {
    const fresh = Array.from({ length: perSecond }, (_, n) => reportAt(places[(count.reported + n) % places.length]!));
    const ids = await record(
      fresh.map((data) => ({
        subject: null,
        by: null,
        draft: { kind: 'reported', data: { ...data, unit: home.unit } },
      })),
    );
    const made = ids.map((id, n): Work => {
      const { crew } = vans[(count.reported + n) % vans.length]!;
      return { order: asOrderId(id), crew, step: 0 };
    });
    count.reported += perSecond;
    await record(made.map((one) => about(one, { kind: 'dispatched', data: { crew: one.crew } })));
    queue.push(...made);
    const stepping = queue.slice(perSecond, perSecond * (STEPS.length + 1));
    await record(stepping.flatMap((one) => nextStep(one).map((draft) => about(one, draft))));
    const done = queue.splice(0, perSecond);
    await record(done.map((one) => about(one, { kind: 'closed', data: { outcome: 'restored' } })));
    await record(done.map((one) => about(one, { kind: 'archived', data: {} })));
    count.through += done.length;
    for (let n = 0; n < VANS_EACH; n += 1) {
      const { writer, device, lat, lon } = vans[count.heard++ % vans.length]!;
      const heard = Date.now();
      const move = (part: number): number => part + ((count.heard * 7) % 11) * 0.0004;
      await store.contacts.report({
        device,
        writer,
        heard,
        fix: { lat: move(lat), lon: move(lon), acc: 12, at: heard },
      });
    }
  };

  const life = { ended: false };
  const going = (async (): Promise<void> => {
    for (let next = performance.now(); !life.ended; next += EACH_MS) {
      await second();
      await new Promise<void>((resolve) => {
        setTimeout(resolve, Math.max(0, next + EACH_MS - performance.now()));
      });
    }
  })();
  return {
    through: () => count.through,
    events: () => count.events,
    stop: async () => {
      life.ended = true;
      await going;
      await close();
    },
  };
}

function nextStep(one: Work): Draft[] {
  const kind = STEPS[one.step];
  one.step += 1;
  if (kind === undefined) return [];
  return [kind === 'restored' ? { kind, data: { crew: one.crew, extent: 'all' } } : { kind, data: { crew: one.crew } }];
}

const reportAt = ({ lat, lon, text }: Place) => ({
  address: text,
  point: { lat, lon },
  area: 'urban' as const,
  channel: 'phone' as const,
  words: '停电',
});
