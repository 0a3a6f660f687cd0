import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DemoAccounts } from '#shared/api/session.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Config } from '../config.ts';
import type { Ports } from '../device/ports.ts';
import { openServices } from '../open-services.ts';
import { startServer } from '../start.ts';
import { liveCalls, type Wishes } from './calls.ts';
import { createChance, type Chance } from './chance.ts';
import { cityMap } from './city/city-map.ts';
import { buildCity, quarterOf, type City, type Quarter } from './city/city.ts';
import { nearestNode, spotAt } from './city/network.ts';
import { around } from './city/plane.ts';
import { liveCrewDay } from './crew-day.ts';
import { liveDispatcher } from './dispatcher.ts';
import { bringEarlierDays } from './earlier-days.ts';
import { lookWhenDue } from './look-when-due.ts';
import { COLLEAGUES, PASSWORD } from './people.ts';
import { plotOf } from './plot.ts';
import { populate, type MadeCrew } from './populate.ts';
import { bringRegister } from './register.ts';
import { firstPage, keepSignInPage, writePage } from './sign-in-page.ts';
import { openStation, type Entrance, type Station } from './station.ts';
import { createWorld } from './world.ts';

export type RunningDemo = { readonly url: string; readonly page: DemoAccounts; readonly close: () => Promise<void> };

const MINUTE = 60_000;
const HISTORY_MS = 112 * MINUTE;

/**
 * Founds a company in an empty data directory, lives through its last two hours on a fast clock over the real HTTP
 * interface, and goes on in real time. `ports.clock` is the machine's own.
 */
export async function startDemo(config: Config, ports: Ports, seed: string): Promise<Result<RunningDemo, 'notEmpty'>> {
  if (existsSync(join(config.dataDir, 'relight.db'))) return err('notEmpty');
  const chance = createChance(seed);
  const city = buildCity(seed);
  await writeMap(config.dataDir, city);

  const opening = ports.clock();
  const world = createWorld(opening - HISTORY_MS, ports.clock);
  const inWorld: Ports = { ...ports, clock: world.now };
  // A second hand on the same data: it founds the company and looks at the clocks once a step of history.
  const back = await openServices({ ...config, backup: null }, inWorld, { passwordCost: PUBLIC_PASSWORD });
  const company = await populate({ ...back.services.door, record: back.record });
  await writePage(config.dataDir, firstPage(company));
  const { customers } = back.store;
  await bringRegister({ customers, city, chance: chance.branch('register'), unitOf: company.unitOf });
  await bringEarlierDays({ log: back.store.log, city, chance: chance.branch('earlier'), company, opening });

  const server = await startServer(config, inWorld);
  const stations: Station[] = [];
  const enter = async (name: string, entrance: Entrance, clockOff = 0): Promise<Station> => {
    const base = `http://127.0.0.1:${server.port}`;
    const deps = { world, chance: chance.branch(name), random: ports.random, base, clockOff };
    const station = await openStation(deps, entrance);
    stations.push(station);
    return station;
  };

  const homes = company.crews.map((crew) => homeOf(city, chance.branch(crew.name), crew.quarter));
  const { planned, silences, radio, reserved } = plotOf(company.crews, homes, opening);
  const simulated: { crew: MadeCrew; home: number; tablet: Station }[] = [];
  for (const [index, crew] of company.crews.entries()) {
    if (crew.forVisitor) continue;
    const tablet = await enter(crew.name, { code: crew.code }, CLOCKS_OFF[index] ?? 0);
    simulated.push({ crew, home: homes[index] ?? 0, tablet });
  }
  const look = (): Promise<void> => world.during(back.beat());
  const desk = await enter('desk', { name: COLLEAGUES.dispatcher, password: PASSWORD });
  const ring = (station: Station | undefined) => world.after(RINGS_AFTER_MS, () => station?.syncNow());
  const agent = lookWhenDue(world, await enter('agent', { name: COLLEAGUES.agent, password: PASSWORD }), look);

  const wishes: Wishes = new Map();
  const { unitOf } = company;
  const crews = simulated.map(({ crew, home }) => ({ crew: crew.id, home: spotAt(city.nodes, home) }));
  void liveCalls(
    { world, city, chance: chance.branch('calls'), agent, unitOf, opening, wishes, ring: () => ring(desk) },
    planned,
  );
  void liveDispatcher({
    world,
    chance: chance.branch('dispatcher'),
    desk,
    crews,
    wishes,
    radio,
    reserved: (crew) => reserved(crew, world.now()),
    ring: (crew) => ring(simulated.find((one) => one.crew.id === crew)?.tablet),
  });
  for (const [index, { crew, home, tablet }] of simulated.entries()) {
    const silent = silences.filter((silence) => silence.index === index);
    const day = { world, city, chance: chance.branch(`day ${crew.name}`), tablet, crew: crew.id, home, silent };
    void liveCrewDay({ ...day, keeps: silent.length > 0, people: crew.people });
  }
  await world.catchUp(look);
  // From here on everybody hears at once: their streams of hints open with the first live exchange.
  for (const [index, station] of stations.entries()) world.after(index * 100, station.syncNow);
  const { organisation } = desk;
  void keepSignInPage({ world, hands: back.services.door, company, dataDir: config.dataDir, organisation });

  const close = async (): Promise<void> => {
    world.stop();
    await Promise.all(stations.map((station) => station.stop()));
    await server.close();
    await back.close();
  };
  return ok({ url: server.url, page: firstPage(company), close });
}

async function writeMap(dataDir: string, city: City): Promise<void> {
  await mkdir(join(dataDir, 'maps'), { recursive: true });
  await writeFile(join(dataDir, 'maps', 'city.geojson'), JSON.stringify(cityMap(city)));
}

/** A crossing in town, in the crew's own quarter. */
function homeOf(city: City, chance: Chance, quarter: Quarter): number {
  const spots = Array.from({ length: 40 }, () => around(chance.between(0, 2 * Math.PI), chance.between(900, 2_400)));
  const spot = spots.find((one) => quarterOf(one) === quarter) ?? { x: 0, y: 0 };
  return nearestNode(city.network, spot);
}

/** What the hint of something new takes to a tablet or a desk. */
const RINGS_AFTER_MS = 4_000;

/** The passwords stand on the sign-in page: hashing them slowly would only delay the opening. */
const PUBLIC_PASSWORD = { logN: 12, r: 8, p: 1 };

/** By crew: tablets whose clocks are wrong, ms. */
const CLOCKS_OFF: Readonly<Record<number, number>> = { 2: 17 * MINUTE, 6: -9 * MINUTE, 10: 24 * 60 * MINUTE };
