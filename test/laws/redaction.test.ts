import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CATALOG, isKind, understood, type Kind } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';
import { asOrderId, eventId } from '#shared/ids.ts';
import { erased, ERASED } from '#shared/order/erase.ts';
import { foldAll } from '#shared/order/fold.ts';
import type { Order } from '#shared/order/order.ts';
import { judge } from '#shared/sla/judge.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { at, CREW_3, CREW_5, ORDER, recorded, UNIT, writer } from '../builders.ts';
import { isCaught, law } from './law.ts';

const SECRET = '王小明13800138000';

/** Each order kind with every text it can have, all of them the secret. */
const TOLD: { readonly [K in Kind]?: readonly object[] } = {
  reported: [
    {
      unit: UNIT,
      address: '幸福路18号',
      area: 'urban',
      channel: 'phone',
      customer: { name: SECRET, phone: SECRET, account: SECRET },
      words: SECRET,
    },
  ],
  amended: [
    { area: 'rural', words: SECRET, reason: SECRET },
    { address: '桥头', reason: SECRET },
  ],
  merged: [{ into: asOrderId(eventId(writer('Q9X'), 4)), reason: SECRET }],
  unmerged: [{ reason: SECRET }],
  endedAtIntake: [{ reason: 'arrears', note: SECRET }],
  cancelled: [{ reason: SECRET }],
  reopened: [{ reason: SECRET }],
  dispatched: [{ crew: CREW_3, note: SECRET }, { crew: CREW_5 }],
  recalled: [{ crew: CREW_3, reason: SECRET }],
  reassigned: [{ from: CREW_3, to: CREW_5, reason: SECRET }],
  returned: [{ crew: CREW_3, reason: 'other', note: SECRET }],
  urged: [{ level: 'leader', words: SECRET }],
  urgeAnswered: [{ crew: CREW_3, urge: eventId(writer('A7K'), 3), answer: 'other', note: SECRET }],
  accepted: [{ crew: CREW_3 }],
  departed: [{ crew: CREW_3 }],
  arrived: [{ crew: CREW_3 }, { crew: CREW_5 }],
  contacted: [{ crew: null, reached: true }],
  diagnosed: [{ crew: CREW_3, cause: SECRET }],
  explained: [{ crew: CREW_3, why: SECRET }],
  suspended: [{ crew: CREW_3, reason: 'weather', note: SECRET }],
  resumed: [{ crew: CREW_3 }],
  restored: [{ crew: CREW_3, extent: 'all' }],
  materialsUsed: [{ crew: CREW_3, items: [{ what: '熔丝', count: 1 }] }],
  signed: [{ crew: CREW_3, name: SECRET, shown: [SECRET], width: 10, height: 10, strokes: [[1, 1, 2, 2]] }],
  noted: [{ crew: CREW_3, text: SECRET }],
  submitted: [{ crew: CREW_3, note: SECRET }],
  etrSet: [{ etr: at('16:00'), reason: SECRET }],
  timeAccepted: [{ fact: eventId(writer('A7K'), 5), reason: SECRET }],
  visited: [{ reached: true, note: SECRET }],
  closed: [{ outcome: 'restored', note: SECRET }],
  archived: [{}],
  redacted: [{ events: [{ id: eventId(writer('A7K'), 1), leaves: '0'.repeat(64) }], reason: 'asked' }],
  alertRaised: [
    {
      rule: 'arrival',
      level: 'missed',
      epoch: 1,
      limit: at('14:45'),
      because: 'over',
      known: { heard: null, devices: [] },
    },
  ],
  alertAcknowledged: [{ alert: eventId(writer('A7K'), 6), how: 'shelved', reason: SECRET }],
  alertWithdrawn: [
    { alert: eventId(writer('A7K'), 6), fact: eventId(writer('A7K'), 4), time: recorded('archived', '14:00', {}).time },
  ],
  alertClosedOut: [{ alert: eventId(writer('A7K'), 6), because: 'arrived' }],
};

const orderKinds = Object.keys(CATALOG)
  .filter(isKind)
  .filter((kind) => CATALOG[kind].subject === 'order');
const told = (kind: Kind): readonly object[] => TOLD[kind] ?? [];

test('every kind of an order is told with its texts, and nothing of them is left', () => {
  expect(orderKinds.filter((kind) => told(kind).length === 0)).toEqual([]);
  for (const kind of orderKinds)
    for (const data of told(kind)) {
      const { event } = recorded(kind, '14:00', {}, { n: 1 });
      const whole = { ...event, data: { ...data } };
      expect(understood(whole), `${kind} as it is told here`).not.toBeNull();
      const rest = erased(whole) ?? whole;
      expect(JSON.stringify(rest)).not.toContain(SECRET);
      expect(understood(rest), `what is left of ${kind}`).not.toBeNull();
      expect(erased(rest)).toBeNull();
    }
});

/** Texts that a schema takes, by kind: what is not said above would be overlooked by the first test. */
test('no text of an order kind is left out above', () => {
  const left = orderKinds.flatMap((kind) =>
    [...textsIn(CATALOG[kind].data, '')]
      .filter((path) => !ASIDE.has(`${kind}${path}`) && !ASIDE.has(path))
      .filter((path) => !told(kind).some((data) => JSON.stringify(at_(data, path))?.includes(SECRET)))
      .map((path) => `${kind}${path}`),
  );
  expect(left).toEqual([]);
});

/** No person's words: where the job is and what it hangs on, ids of other systems, parts, names of rules. */
const ASIDE = new Set([
  '.address',
  '.supply.transformer',
  '.supply.feeder',
  '.source.system',
  '.source.key',
  '.items[].what',
  '.items[].unit',
  '.rule',
  '.events[].leaves',
]);

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  readonly element?: unknown;
};
const defOf = (schema: unknown): Def => (schema as { _zod: { def: Def } })._zod.def;

function* textsIn(schema: unknown, path: string): Generator<string> {
  const { type, shape, innerType, element } = defOf(schema);
  if (shape) for (const [name, inner] of Object.entries(shape)) yield* textsIn(inner, `${path}.${name}`);
  else if (innerType) yield* textsIn(innerType, path);
  else if (element) yield* textsIn(element, `${path}[]`);
  else if (type === 'string' && !isId(schema)) yield path;
}

/** An id has a pattern that no name has. */
const isId = (schema: unknown): boolean => {
  const { checks = [] } = defOf(schema) as Def & { checks?: { _zod: { def: { check: string } } }[] };
  return checks.some((one) => one._zod.def.check === 'string_format');
};

const at_ = (data: unknown, path: string): unknown => {
  const names = path.split(/\.|\[\]/).filter(Boolean);
  return names.reduce<unknown>((value, name) => {
    const one: unknown = Array.isArray(value) ? value.at(0) : value;
    return typeof one === 'object' && one !== null ? (one as Readonly<Record<string, unknown>>)[name] : undefined;
  }, data);
};

const steps = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...orderKinds),
      which: fc.nat(1),
      minute: fc.integer({ min: 0, max: 59 }),
      gone: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    [{ kind: 'reported' as Kind, which: 0, minute: 0, gone: true }, ...all].map((one, index) => ({
      ...one,
      n: index + 1,
    })),
  );
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

const eventOf = ({ kind, which, minute, n }: Steps[number]): Recorded => {
  const base = recorded(kind, `14:${String(minute).padStart(2, '0')}`, {}, { n });
  const data = told(kind)[which] ?? told(kind)[0] ?? {};
  // The report's id is the order's.
  return { ...base, event: { ...base.event, data: { ...data } }, q: n };
};

/** Without what a redaction may take, and what stands in its place. */
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([, one]) => one !== ERASED && one !== '' && !(typeof one === 'string' && one.includes(SECRET)))
    .map(([name, one]) => [name, bare(one)] as const)
    .filter(([name, one]) => !(name === 'customer' && JSON.stringify(one) === '{}'));
  return Object.fromEntries(members);
};

const verdictsOf = (order: Order): string =>
  JSON.stringify(
    [at('14:30'), at('15:30'), at('23:00')].map((now) => judge(order, STATE_GRID, { now, devicesOf: () => [] })),
  );

const holds = (erase: typeof erased) =>
  fc.asyncProperty(steps, (all) => {
    const whole = all.map(eventOf);
    const left = whole.map((one, index) => ({
      ...one,
      event: all[index]?.gone ? (erase(one.event) ?? one.event) : one.event,
    }));
    const [before, after] = [foldAll(ORDER, whole), foldAll(ORDER, left)];
    expect(bare(after)).toEqual(bare(before));
    expect(verdictsOf(after)).toBe(verdictsOf(before));
    const none = whole.map((one) => ({ ...one, event: erase(one.event) ?? one.event }));
    expect(JSON.stringify(foldAll(ORDER, none))).not.toContain(SECRET);
    return Promise.resolve();
  });

test('I4 I24 the fold of a redacted log is the fold without those texts, and no verdict changes', async () => {
  expect(await law('redaction', holds(erased), 300)).toBeNull();
});

test('a rule that takes more, or less, is caught', async () => {
  const greedy: typeof erased = (event) =>
    event.kind === 'dispatched' ? { ...event, data: { ...event.data, crew: null } } : erased(event);
  const lazy: typeof erased = (event) => (event.kind === 'reported' ? null : erased(event));
  expect(await isCaught(holds(greedy), 300)).toBe(true);
  expect(await isCaught(holds(lazy), 300)).toBe(true);
});
