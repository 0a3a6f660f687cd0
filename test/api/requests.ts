import type { ENDPOINTS } from '../../shared/api/endpoints.ts';
import { STATE_GRID } from '../../shared/sla/packs/state-grid.ts';
import type { SyncRequest } from '../../shared/sync/protocol.ts';
import type { Call } from './harness.ts';

type Row = (typeof ENDPOINTS)[number];
type KeyOf<R> = R extends { method: infer M extends string; path: infer P extends string } ? `${M} ${P}` : never;
type Key = KeyOf<Row>;

const SYNC: SyncRequest = {
  proto: 1,
  req: 'r1',
  writer: 'A7K' as SyncRequest['writer'],
  app: 'test',
  cursor: null,
  pull: true,
  hiN: 0,
  openTaps: 0,
  parked: 0,
  clock: { wall: 0, mono: 0, page: 'p' },
  push: [],
};

export const syncRequest = (more: Partial<SyncRequest>): SyncRequest => ({ ...SYNC, ...more });

/** A well-formed request to each endpoint. A new row does not compile until it has one. */
export const GOOD: { readonly [K in Key]: Call } = {
  'POST /v1/session': { body: { name: 'dispatcher', password: 'dispatcher-password', writer: null } },
  'GET /v1/session': {},
  'DELETE /v1/session': {},
  'POST /v1/enrol': { body: { code: 'AAAA-AAAA' } },
  'POST /v1/writers': { body: { writer: 'A7K4Q' } },
  'POST /v1/sync': { body: SYNC },
  'GET /v1/hints': {},
  'GET /v1/orders': {},
  'GET /v1/orders/:id': {},
  'GET /v1/report': {},
  'POST /v1/units': { body: { name: '新所', level: 'station', parent: 'YYY-9' } },
  'POST /v1/crews': { body: { name: '新班', unit: 'YYY-9' } },
  'POST /v1/people': { body: { name: '新人', unit: 'YYY-9', role: 'crew' } },
  'POST /v1/passwords': { body: { person: 'YYY-8', password: 'a-new-password' } },
  'POST /v1/rules': { body: { from: null, pack: STATE_GRID } },
  'POST /v1/redactions': { body: { order: 'YYY-9', events: null, reason: 'asked' } },
  'POST /v1/codes': { body: { crew: 'YYY-9', person: 'YYY-8', hours: 1 } },
  'POST /v1/import': { method: 'POST', body: '{"act":"look","history":false}\na,b\n1,2\n' },
  'POST /v1/tablet-file': { method: 'POST', body: '{"act":"look"}\n{}\n' },
  'POST /v1/reference': {
    method: 'POST',
    body: '{"act":"look","source":"s","grid":"wgs84","columns":{"x":"x","y":"y","feeder":"f"}}\nf,x,y\nA,113,31\n',
  },
  'POST /v1/customers': {
    method: 'POST',
    body: '{"act":"look","unit":"AAA-1","source":"s","grid":"wgs84","columns":{}}\na,b\n1,2\n',
  },
  'GET /v1/callers': { query: '?field=address&text=ab' },
  'GET /v1/maps': {},
  'GET /v1/equipment': { query: '?box=113,30,114,31' },
  'GET /v1/positions/osmand': { query: '?id=van-1&lat=31&lon=113&key=0123456789abcdef' },
  'POST /v1/positions/osmand': { query: '?id=van-1&lat=31&lon=113&key=0123456789abcdef' },
  'POST /v1/positions/traccar': {
    query: '?key=0123456789abcdef',
    body: {
      device: { uniqueId: 'van-1' },
      position: { latitude: 31, longitude: 113, fixTime: '2026-11-21T12:00:00Z' },
    },
  },
  'GET /v1/demo': {},
  'GET /healthz': {},
  'GET /openapi.json': {},
};

export const goodCall = ({ method, path }: Pick<Row, 'method' | 'path'>): Call => ({
  method,
  ...Object.entries(GOOD).find(([key]) => key === `${method} ${path}`)?.[1],
});
