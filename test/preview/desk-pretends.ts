import type { CallerAnswer } from '#shared/api/customers.ts';
import type { Refused } from '#shared/api/import-fault.ts';
import type { MapPack } from '#shared/api/maps.ts';
import type { Device } from '#shared/engine/views.ts';
import { asDeviceId, asOrderId, asUnitId, eventId } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Client, Organisation } from '../../web/read/client-context.ts';
import { at, CREWMAN, UNIT, writer } from '../builders.ts';
import type { Held } from '../crew/fake-client.ts';
import { crewId } from '../desk/fake-desk.ts';

/** The real streets that the preview serves, where they lie beside the project. */
export const STREETS: MapPack = {
  name: 'streets.pmtiles',
  url: '/maps/streets.pmtiles',
  bytes: 1,
  bounds: [-122.52, 37.7, -122.35, 37.83],
  minZoom: 0,
  maxZoom: 15,
  attribution: 'Protomaps © OpenStreetMap',
};

/** The same order on those streets: the storm's city lies elsewhere. */
export function toStreets(held: Held): Held {
  const events = held.events.map((one) => {
    const point: unknown = Reflect.get(one.event.data, 'point');
    if (typeof point !== 'object' || point === null) return one;
    const [lat, lon] = [Number(Reflect.get(point, 'lat')), Number(Reflect.get(point, 'lon'))];
    const moved = { ...point, lat: 37.765 + (lat - 31.3) * 0.55, lon: -122.437 + (lon - 113.13) * 0.55 };
    return { ...one, event: { ...one.event, data: { ...one.event.data, point: moved } } };
  });
  return { ...held, events };
}

/** More units and some tablets, so that an administrator has something to administer. */
export function bigOrg(org: Organisation): Organisation {
  const units = ['北桥供电所', '水厂路供电所'].map((name, index) => {
    const id = asUnitId(eventId(writer('STA'), index + 1));
    return [id, { id, name, level: 'station', parent: UNIT }] as const;
  });
  const tablets = [1, 2, 3, 4].map((n): readonly [Device['id'], Device] => {
    const id = asDeviceId(eventId(writer('TAB'), n));
    const memberships = [{ crew: crewId(n), fromQ: n, fromAt: at('08:00'), toQ: null }];
    const device = {
      id,
      writer: writer(`A7${'KPRT'[n - 1] ?? 'X'}`),
      form: 'tablet',
      unit: UNIT,
      person: CREWMAN,
      crew: crewId(n),
      memberships,
      blocked: false,
      lost: n === 4 ? { at: at('13:20'), by: null, reason: '掉进水里' } : null,
    } as const;
    return [id, device];
  });
  return { ...org, units: new Map([...org.units, ...units]), devices: new Map(tablets) };
}

/** A tablet for each of the crews, heard as they were; that of the sixth has gone on under another name. */
export function withTablets(org: Organisation, live: Live): { readonly org: Organisation; readonly live: Live } {
  const tablets = live.heard.map(({ crew, heard }, index): { readonly device: Device; readonly heard: number } => {
    const device: Device = {
      id: asDeviceId(eventId(writer('TAB'), index + 1)),
      writer: writer(`A7${'KPRTVWXY'[index] ?? 'X'}`),
      form: 'tablet',
      unit: UNIT,
      person: CREWMAN,
      crew,
      memberships: [{ crew, fromQ: 1, fromAt: at('08:00'), toQ: null }],
      blocked: false,
      lost: null,
    };
    return { device: index === 5 ? { ...device, renamedAt: heard } : device, heard };
  });
  return {
    org: { ...org, devices: new Map(tablets.map(({ device }) => [device.id, device])) },
    live: { ...live, devices: tablets.map(({ device, heard }) => ({ device: device.id, heard })) },
  };
}

const PLACES_REFUSED: readonly Refused[] = [
  { line: 4, column: 'X', why: { code: 'noCoordinates' } },
  { line: 17, column: 'FEEDER', why: { code: 'feederEmpty' } },
];

const AREAS_KNOWN = ['urban', 'city', 'town', '城市', '城区', '城镇', '市区', 'rural', 'country', 'village', '农村'];
const CUSTOMERS_REFUSED: readonly Refused[] = [
  { line: 214, column: '用电地址', why: { code: 'addressEmpty' } },
  { line: 1_090, column: '城乡类别', why: { code: 'noneOf', value: '开发区', words: AREAS_KNOWN } },
];

const far = { code: 'outsideDegrees', value: '2771138.572', most: 90, likely: 'metres' } as const;
const ORDERS_REFUSED: readonly Refused[] = [
  { line: 4, column: '报修时间', why: { code: 'notTime', value: '昨晚' } },
  { line: 9, column: '报修时间', why: { code: 'earlyYear', value: '0114-11-21 13:40', year: 114 } },
  { line: 31, column: '单号', why: { code: 'keyTwice', value: 'G-2043', line: 6 } },
  { line: 58, column: '纬度', why: far },
  { line: 102, column: null, why: { code: 'width', values: 3, header: 4 } },
  { line: 155, column: null, why: { code: 'encoding', looksLike: ['gb18030'] } },
];

/** What the centre would say of a list, whatever lies in the file. */
export const lookedAt: Client['upload'] = (path, { head }, { line }) => {
  const looks = Reflect.get(head, 'act') === 'look';
  line(LISTS[path]?.(looks) ?? ofOrders(looks));
  return Promise.resolve(true);
};

/** Who would be calling from 育才路, whatever is typed. */
export const callersOf: Client['ask'] = (_, path) =>
  Promise.resolve(path.startsWith('/v1/callers') ? ok<unknown>(CALLERS) : err('network' as const));

function ofCustomers(looks: boolean): object {
  if (!looks) {
    const counts = { read: 18_406, created: 212, changed: 97, unchanged: 18_095, gone: 41, refusedCount: 2 };
    return { is: 'done', counts: { ...counts, refused: CUSTOMERS_REFUSED } };
  }
  const rows = [
    ['4101000037', '张建国', '12010002041', '育才路6号', '城镇', '育才路2号台区', '10kV育才线'],
    ['4101000074', '刘桂兰', '12010003355', '育才路8号', '城镇', '育才路2号台区', '10kV育才线'],
    ['4101000111', '北桥小学', '12010007788', '北桥村1号', '农村', '北桥村1号台区', '10kV北桥线'],
  ];
  const columns = ['户号', '户名', '联系电话', '用电地址', '城乡类别', '台区名称', '线路名称'];
  return { is: 'look', columns, rows };
}

function ofEquipment(looks: boolean): object {
  if (!looks)
    return {
      is: 'done',
      counts: { places: 18_214, feeders: 412, before: 18_190, refusedCount: 2, refused: PLACES_REFUSED },
    };
  const rows = [
    ['1', '311100.84', '2771138.57', 'CQ56'],
    ['2', '311355.14', '2771020.34', 'CQ56'],
    ['3', '307626.79', '2786040.32', 'CX40'],
    ['4', '301019.07', '2774396.42', 'SA39'],
  ];
  return { is: 'look', geo: false, columns: ['ROWNUM', 'X', 'Y', 'FEEDER'], rows };
}

function ofOrders(looks: boolean): object {
  if (!looks) {
    const counts = { read: 214, created: 204, unchanged: 4, skipped: 0, refusedCount: 6 };
    return { is: 'done', counts: { ...counts, refused: ORDERS_REFUSED } };
  }
  const rows = [
    ['G-2041', '育才路6号', '2026-11-21 14:02', '全楼没电'],
    ['G-2042', '水厂路7号', '2026-11-21 14:05', '跳闸'],
    ['G-2043', '北桥村东头', '2026-11-21 14:11', '线落地'],
  ];
  return { is: 'look', columns: ['单号', '地址', '报修时间', '现象'], rows };
}

const LISTS: Readonly<Record<string, (looks: boolean) => object>> = {
  '/v1/reference': ofEquipment,
  '/v1/customers': ofCustomers,
};

const place = { area: 'urban', transformer: '育才路2号台区', feeder: '10kV育才线', unit: UNIT } as const;
const zhang = { ...place, account: '4101000037', name: '张建国', phone: '12010002041', address: '育才路6号' };
const liu = { ...place, account: '4101000074', name: '刘桂兰', phone: '12010003355', address: '育才路8号' };
const school = { ...place, account: '4101000148', name: '育才中学', phone: '12010009900', address: '育才路12号' };
const shop = {
  ...place,
  account: null,
  name: '梁*',
  phone: '186****4471',
  address: '育才路27号3栋',
  transformer: null,
};

const CALLERS: CallerAnswer = {
  customers: [
    { ...zhang, customerClass: 'ordinary', point: { lat: 31.301, lon: 113.131 } },
    { ...liu, customerClass: 'ordinary', point: { lat: 31.3015, lon: 113.1312 } },
    { ...school, customerClass: 'important', point: { lat: 31.302, lon: 113.1315 } },
  ],
  orders: [
    {
      order: asOrderId(eventId(writer('K2V'), 9)),
      reportedAt: at('09:12'),
      caller: { ...shop, customerClass: null, point: null },
    },
  ],
};

/** All that is in those lists: data, not words of ours. */
export const listedWords = (): string =>
  JSON.stringify([
    CALLERS,
    [true, false].flatMap((looks) => [ofOrders(looks), ofEquipment(looks), ofCustomers(looks)]),
  ]);
