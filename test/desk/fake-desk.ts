import { computed, signal } from '@preact/signals';

import type { SearchAnswer } from '#shared/api/orders.ts';
import type { Report, ReportQuery } from '#shared/api/report.ts';
import type { DemoAccounts, Session } from '#shared/api/session.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { LoggedEvent, Recorded } from '#shared/event/envelope.ts';
import { idOf } from '#shared/event/envelope.ts';
import { asCrewId, asDeviceId, asOrderId, eventId, orderSubject, type CrewId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Live } from '#shared/sync/protocol.ts';
import { exactly } from '#shared/time/event-time.ts';

import type { About, Client, Custody, Organisation, Unanswered } from '../../web/read/client-context.ts';
import { CREWMAN, DISPATCHER, recorded, UNIT, writer } from '../builders.ts';
import { createFakeClient, type Held } from '../crew/fake-client.ts';

export const DESK_SESSION: Session = {
  device: asDeviceId(eventId(writer('DEV'), 2)),
  form: 'desk',
  person: { id: DISPATCHER, name: '王调度', role: 'dispatcher' },
  unit: { id: UNIT, name: '城西供电所' },
  crew: null,
};

export const crewId = (n: number): CrewId => asCrewId(eventId(writer('CRW'), n));

export const deskOrg = (crews: number): Organisation => ({
  units: new Map([[UNIT, { id: UNIT, name: '城西供电所', level: 'station', parent: null }]]),
  crews: new Map(
    Array.from({ length: crews }, (_, index) => {
      const id = crewId(index + 1);
      return [
        id,
        { id, name: `抢修${index + 1}班`, unit: UNIT, van: `闽C·${2101 + index}`, phone: `0595-22${100 + index}` },
      ];
    }),
  ),
  persons: new Map([
    [DISPATCHER, { id: DISPATCHER, name: '王调度', unit: UNIT, role: 'dispatcher' }],
    [CREWMAN, { id: CREWMAN, name: '陈师傅', unit: UNIT, role: 'crew' }],
  ]),
  devices: new Map(),
  activations: [],
});

export type FakeDesk = ReturnType<typeof createFakeDesk>;

type Start = {
  readonly now: number;
  readonly orders?: readonly Held[];
  readonly crews?: number;
  readonly live?: Live;
  readonly signedIn?: boolean;
  readonly secure?: boolean;
};

/** The crew's fake client as a desk's: it makes orders, has live news and answers searches from a list. */
export function createFakeDesk({
  now,
  orders = [],
  crews = 8,
  live = { heard: [], fixes: [] },
  signedIn = true,
  secure = true,
}: Start) {
  const base = createFakeClient({ now, orders, secure });
  base.session.value = signedIn ? DESK_SESSION : null;
  base.status({ lastSuccessAt: now - 2_000 });
  const news = signal(live);
  const org = signal(deskOrg(crews));
  const submitted: { readonly about: About; readonly draft: Draft }[] = [];
  const archive: { readonly hit: SearchAnswer['hits'][number]; readonly events: readonly Recorded[] }[] = [];
  const answers = {
    signIn: err('wrongCredentials') as Result<Session, Unanswered>,
    reached: true,
    demo: { accounts: [], codes: [] } as DemoAccounts,
    report: (_query: ReportQuery): Promise<Result<Report, Unanswered>> => Promise.resolve(err('network')),
  };

  const rename = (about: string, name: string): void => {
    const called = <Id, One extends { readonly id: Id }>(all: ReadonlyMap<Id, One>): ReadonlyMap<Id, One> =>
      new Map([...all].map(([id, one]) => [id, about.endsWith(`:${String(id)}`) ? { ...one, name } : one]));
    org.value = { ...org.value, units: called(org.value.units), crews: called(org.value.crews) };
  };
  const submitNew = (draft: Draft) => {
    const n = base.held.value.length + 1;
    const id = asOrderId(eventId(writer('W4D'), n));
    const event = recorded(draft.kind, exactly(base.now.value), draft.data, {
      q: null,
      writer: writer('W4D'),
      n,
      subject: orderSubject(id),
      by: DISPATCHER,
    });
    base.own.value = new Map([...base.own.value, [idOf(event.event), 'here' as Custody]]);
    base.held.value = [...base.held.value, { id, events: [event] }];
    return Promise.resolve(ok(id));
  };

  const client: Client = {
    ...base.client,
    org,
    live: news,
    order: (id) => computed(() => base.client.orders.value.find((view) => view.order.id === id) ?? null),
    submit(about, draft, tap) {
      submitted.push({ about, draft });
      if (about === 'new') return submitNew(draft);
      if (draft.kind === 'unitRenamed' || draft.kind === 'crewRenamed') {
        rename(about, draft.data.name);
        return Promise.resolve(ok(eventId(writer('W4D'), submitted.length)));
      }
      if (draft.kind === 'crewMoved') {
        const { unit } = draft.data;
        const moved = [...org.value.crews].map(
          ([id, one]) => [id, about.endsWith(`:${id}`) ? { ...one, unit } : one] as const,
        );
        org.value = { ...org.value, crews: new Map(moved) };
        return Promise.resolve(ok(eventId(writer('W4D'), submitted.length)));
      }
      if (!about.startsWith('device:')) return base.client.submit(about, draft, tap);
      const id = [...org.value.devices.keys()].find((one) => about.endsWith(`:${one}`));
      const device = id && org.value.devices.get(id);
      if (!device) return Promise.resolve(err('notAllowed'));
      const lost =
        draft.kind === 'deviceLost' ? { at: base.now.value, by: DISPATCHER, reason: draft.data.reason } : null;
      org.value = { ...org.value, devices: new Map([...org.value.devices, [id, { ...device, lost }]]) };
      return Promise.resolve(ok(eventId(writer('W4D'), submitted.length)));
    },
    signIn() {
      if (answers.signIn.ok) base.session.value = answers.signIn.value;
      return Promise.resolve(answers.signIn);
    },
    signOut() {
      base.session.value = null;
      return Promise.resolve();
    },
    search({ text = '' }) {
      if (!answers.reached) return Promise.resolve(err('network'));
      const hits = archive.map(({ hit }) => hit).filter(({ address, id }) => `${id} ${address}`.includes(text));
      return Promise.resolve(ok({ hits, more: null }));
    },
    orderLog(id) {
      const found = archive.find(({ hit }) => hit.id === id);
      if (!answers.reached || !found) return Promise.resolve(err(answers.reached ? 'notFound' : 'network'));
      const events = found.events.map((one, index): LoggedEvent => ({
        ...one,
        q: one.q ?? index + 1,
        rcv: one.time.est,
      }));
      return Promise.resolve(ok({ id, events }));
    },
    report: (query) => answers.report(query),
    demoAccounts: () => Promise.resolve(ok(answers.demo)),
  };
  return { ...base, client, live: news, org, submitted, archive, answers };
}
