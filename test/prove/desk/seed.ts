import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseConfig } from '../../../server/config.ts';
import { systemRandom } from '../../../server/device/random.ts';
import { openServices } from '../../../server/open-services.ts';
import type { Own } from '../../../server/store/log-writer.ts';
import type { DataOf, Draft } from '../../../shared/event/catalog.ts';
import {
  asCrewId,
  asOrderId,
  asPersonId,
  asUnitId,
  orderSubject,
  type CrewId,
  type DeviceId,
  type EventId,
  type OrderId,
  type PersonId,
  type WriterId,
} from '../../../shared/ids.ts';
import { must } from '../../../shared/result.ts';
import { acceptanceData } from '../../acceptance/data.ts';
import { keptLog } from '../../api/harness.ts';
import { seeded } from '../../e2e/seeded.ts';

export const DESK = { name: 'dispatcher', password: 'a long night' };

/** A tablet that is signed in, and the orders its crew holds. */
export type VanTablet = {
  readonly token: string;
  readonly writer: WriterId;
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly crew: CrewId;
  readonly orders: readonly OrderId[];
  readonly lat: number;
  readonly lon: number;
};

export type Seeded = { readonly vans: readonly VanTablet[]; readonly places: readonly Place[]; readonly real: boolean };
export type Place = { readonly lat: number; readonly lon: number; readonly text: string };

type Size = { readonly open: number; readonly archived: number; readonly vans: number; readonly seed: number };

const MINUTE = 60_000;
const BATCH = 500;

/** A company in a storm, written into an empty data directory: so many open orders, each with a crew, and what is over. */
export async function seedDesk(dataDir: string, { open, archived, vans, seed }: Size): Promise<Seeded> {
  const next = seeded(seed);
  const { places, real } = placesOf(open + archived, next);
  const now = Date.now();
  let at = now - 60 * MINUTE;
  const config = must(parseConfig({ DATA_DIR: dataDir }));
  const ports = { clock: () => at, random: systemRandom, log: keptLog().log };
  const opened = await openServices(config, ports, { passwordCost: { logN: 4, r: 8, p: 1 } });
  const { store, services } = opened;
  const record = async (batch: readonly Own[]): Promise<readonly EventId[]> => {
    const ids: EventId[] = [];
    for (let from = 0; from < batch.length; from += BATCH)
      ids.push(...(await store.log.record(batch.slice(from, from + BATCH))));
    return ids;
  };
  const begin = (drafts: readonly Draft[]) => record(drafts.map((draft) => ({ subject: null, draft, by: null })));
  const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  const [centre] = await begin([{ kind: 'unitMade', data: { name: '客服中心', level: 'centre', parent: null } }]);
  const parent = asUnitId(centre!);
  const stations = await begin(
    range(10).map((n) => ({ kind: 'unitMade', data: { name: `供电${n + 1}所`, level: 'station', parent } })),
  );
  const unit = (n: number) => asUnitId(stations[n % stations.length]!);
  const crews = await begin(
    range(vans).map((n) => ({ kind: 'crewMade', data: { name: `抢修${n + 1}班`, unit: unit(n) } })),
  );
  const people = await begin(
    range(vans).map((n) => ({ kind: 'personMade', data: { name: `组长${n + 1}`, unit: unit(n), role: 'crew' } })),
  );
  const [dispatcher] = await begin([
    { kind: 'personMade', data: { name: '值班调度', unit: parent, role: 'dispatcher' } },
  ]);
  await services.door.putLogin({ person: asPersonId(dispatcher!), ...DESK });

  const report = (n: number): Draft => {
    const { lat, lon, text } = places[n % places.length]!;
    const data: DataOf<'reported'> = {
      unit: unit(n % vans),
      address: text,
      point: { lat, lon },
      area: 'urban',
      channel: 'phone',
      words: '停电',
      customer: { name: `客户${n}` },
      ...(n % 97 === 0 ? { hazards: ['medical'] } : {}),
    };
    return { kind: 'reported', data };
  };
  const old = await begin(range(archived).map((n) => report(open + n)));
  await record(
    old.flatMap((id): Own[] => {
      const subject = orderSubject(asOrderId(id));
      return [
        { subject, draft: { kind: 'closed', data: { outcome: 'noFault' } }, by: null },
        { subject, draft: { kind: 'archived', data: {} }, by: null },
      ];
    }),
  );
  // Reported one after another within the last forty minutes, so that limits come due while it is looked at.
  const orders: OrderId[] = [];
  for (let from = 0; from < open; from += BATCH) {
    at = now - 42 * MINUTE + (from / open) * 40 * MINUTE;
    const ids = await begin(range(Math.min(BATCH, open - from)).map((n) => report(from + n)));
    orders.push(...ids.map(asOrderId));
    await record(
      ids.map((id, n): Own => {
        const crew = asCrewId(crews[(from + n) % vans]!);
        return { subject: orderSubject(asOrderId(id)), draft: { kind: 'dispatched', data: { crew } }, by: null };
      }),
    );
  }

  const tablets: VanTablet[] = [];
  for (const n of range(vans)) {
    at = now - 41 * MINUTE;
    const [crew, person] = [asCrewId(crews[n]!), asPersonId(people[n]!)];
    const code = await services.door.makeCode({ crew, person, forMs: 60 * MINUTE });
    const { signedIn, token } = must(
      await services.door.enrol(code, { address: `10.0.${n >> 8}.${n & 255}`, token: null }),
    );
    const { lat, lon } = places[(n * 13) % places.length]!;
    const { writer, session } = signedIn;
    // One in five has been silent for long.
    const heard = now - (n % 5 === 0 ? 30 : 2) * MINUTE;
    await store.contacts.report({ device: session.device, writer, heard, fix: { lat, lon, acc: 12, at: heard } });
    tablets.push({
      token,
      writer,
      device: session.device,
      person,
      crew,
      lat,
      lon,
      orders: orders.filter((_, at) => at % vans === n),
    });
  }
  await opened.close();
  return { vans: tablets, places, real };
}

/** Where the lights went out in San Francisco, or in a made-up town if the real records are not here. */
function placesOf(count: number, next: () => number): { places: readonly Place[]; real: boolean } {
  const data = acceptanceData();
  if (!data) {
    const made = Array.from({ length: count }, (_, n) => ({
      lat: 37.76 + (next() - 0.5) * 0.1,
      lon: -122.44 + (next() - 0.5) * 0.12,
      text: `幸福路 ${n + 1} 号`,
    }));
    return { places: made, real: false };
  }
  const lines = readFileSync(join(data, 'pge-sf-2019-2022/outages_sf.csv'), 'utf8').split('\n').slice(1);
  const places = lines.flatMap((line) => {
    const [id = '', region = '', lat = '', lon = ''] = line.split(',');
    return lat === '' ? [] : [{ lat: Number(lat), lon: Number(lon), text: `${region} ${id}` }];
  });
  return { places: places.slice(0, count), real: true };
}
