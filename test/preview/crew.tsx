import { ok } from '#shared/result.ts';

import { showCrew } from '../crew/crew-page.tsx';
import { createFakeClient } from '../crew/fake-client.ts';
import { aNight, NIGHT } from '../crew/orders.ts';
import { look } from '../e2e/screens/look.ts';
import { scenes } from './scenes.ts';

/** One scene of the crew app over invented orders: `crew.html?scene=order&theme=night&lang=en&wide=1`. */
const asked = new URLSearchParams(location.search);
const scene = scenes[asked.get('scene') ?? 'today'];
if (!scene) throw new Error(`no such scene; there are ${Object.keys(scenes).join(', ')}`);
const fake = createFakeClient({ now: NIGHT, orders: aNight() });
fake.here.value = { lat: 25.0418, lon: 121.531, acc: 12, at: NIGHT - 5_000 };
fake.answers.demo = ok({ accounts: [], codes: [{ code: 'A7K2-P9QX', crew: '抢修3班' }] });
scene.prepare?.(fake);
const drafts = new Map(Object.entries(scene.drafts ?? {}).map(([name, filled]) => [name, JSON.stringify(filled)]));
showCrew(fake, {
  place: scene.place,
  drafts,
  pin: scene.pin,
  ...(scene.pins ? { pins: scene.pins } : {}),
  reach: asked.has('onehand') ? 'one' : 'two',
  wide: asked.has('wide'),
  lang: asked.get('lang') === 'en' ? 'en' : 'zh',
  theme: asked.get('theme') === 'night' ? 'night' : asked.get('theme') === 'sun' ? 'sun' : 'light',
});
if (scene.driving) {
  let second = 0;
  setInterval(() => {
    second += 1;
    fake.here.value = { lat: 25.03 + second / 10_000, lon: 121.53, acc: 8, at: NIGHT + second * 1_000, speed: 11 };
  }, 20);
}

const { session, org, orders } = fake.client;
const data = (): string =>
  JSON.stringify([
    session.value,
    [...org.value.crews.values()],
    orders.value,
    [...org.value.persons.values()],
    scene.drafts,
    '中文',
  ]);
Reflect.set(globalThis, '__look', (focus: boolean) => look({ app: 'crew', data: data(), focus }));
