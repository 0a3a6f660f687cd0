import { err, ok } from '#shared/result.ts';

import { showDesk } from '../desk/desk-page.tsx';
import { createFakeDesk, DESK_SESSION } from '../desk/fake-desk.ts';
import { STORM_NOW, stormLive, stormNight } from '../desk/storm-night.ts';
import { stormReport } from '../desk/storm-report.ts';
import { look } from '../e2e/screens/look.ts';
import { bigOrg, callersOf, listedWords, lookedAt, STREETS, toStreets, withTablets } from './desk-pretends.ts';

const nothing = (): void => undefined;
const asIs = <T,>(one: T): T => one;

/** The desk over an invented storm: `desk.html?theme=night&lang=en&orders=200&scene=signIn`. */
const asked = new URLSearchParams(location.search);
const streets = asked.get('map') === 'streets';
const fake = createFakeDesk({
  now: STORM_NOW,
  orders:
    asked.get('scene') === 'empty'
      ? []
      : stormNight(Number(asked.get('orders') ?? 60), { oldest: Number(asked.get('oldest') ?? 34) }).map(
          streets ? toStreets : asIs,
        ),
  live: stormLive(8),
  signedIn: asked.get('scene') !== 'signIn',
});
fake.answers.demo = {
  accounts: [
    { name: '王调度', password: 'demo', role: 'dispatcher' },
    { name: '李值班', password: 'demo', role: 'leader' },
  ],
  codes: [],
};
fake.answers.report = (query) => {
  if (asked.get('reports') === 'none') return Promise.resolve(err('network'));
  if (asked.get('reports') === 'long') return new Promise<never>(nothing);
  return Promise.resolve(ok(stormReport(query, STORM_NOW)));
};
fake.answers.signIn = ok(DESK_SESSION);
const role = (['admin', 'leader'] as const).find((one) => one === asked.get('as'));
if (role === 'admin') fake.org.value = bigOrg(fake.org.value);
if (role && fake.session.value)
  fake.session.value = { ...fake.session.value, person: { ...fake.session.value.person, role } };
if (asked.get('scene') === 'renamed') {
  const { org, live } = withTablets(fake.org.value, fake.live.value);
  fake.org.value = org;
  fake.live.value = live;
}
if (asked.get('scene') === 'lost') fake.status({ state: 'noNetwork', lastSuccessAt: STORM_NOW - 4 * 60_000 });
const client = {
  ...fake.client,
  upload: lookedAt,
  ask: callersOf,
  maps: () => Promise.resolve(streets ? ok({ packs: [STREETS], refused: [], online: null }) : err('network' as const)),
};
showDesk(
  { ...fake, client },
  {
    lang: asked.get('lang') === 'en' ? 'en' : 'zh',
    theme: asked.get('theme') === 'night' ? 'night' : 'light',
  },
);

const { session, org, orders } = fake.client;
const data = (): string =>
  JSON.stringify([
    session.value,
    [...org.value.units.values(), ...org.value.crews.values(), ...org.value.persons.values()],
    orders.value,
    fake.answers.demo,
    listedWords(),
    '中文',
  ]);
Reflect.set(globalThis, '__look', (focus: boolean) => look({ app: 'desk', data: data(), focus }));
