import type { Chance } from '../chance.ts';
import type { Namer } from './names.ts';
import { around, metres, towards, type Spot } from './plane.ts';

/** `nodes`: indexes into the plan's nodes, one after another along the street. */
export type Street = {
  readonly name: string;
  readonly rank: 'ring' | 'avenue' | 'street' | 'road' | 'lane';
  readonly nodes: readonly number[];
};

/** `remote`: so far out that the long limit holds. `dead`: no signal there. */
export type Village = {
  readonly name: string;
  readonly node: number;
  readonly remote: boolean;
  readonly dead: boolean;
};

export type Plan = {
  readonly nodes: readonly Spot[];
  readonly streets: readonly Street[];
  readonly villages: readonly Village[];
  readonly blocks: readonly (readonly Spot[])[];
};

const RADIALS = 14;
/** Radii, metres: rings and, between them, levels that only have pieces of street. */
const LEVELS = [600, 950, 1_300, 1_700, 2_100, 2_600, 3_200] as const;
const RING_NAMES = ['内环路', '中环路', '幸福路', '外环路'] as const;

/** Draws the streets of a city of rings and radials, and country roads to its villages. Connected by construction. */
export function drawStreets(chance: Chance, namer: Namer): Plan {
  const nodes: Spot[] = [];
  const streets: Street[] = [];
  const add = (spot: Spot): number => nodes.push(spot) - 1;
  const angles = Array.from(
    { length: RADIALS },
    (_, index) => ((index + chance.between(-0.2, 0.2)) / RADIALS) * 2 * Math.PI,
  );
  const grid = angles.map((angle) => LEVELS.map((radius) => add(around(angle, radius * chance.between(0.96, 1.04)))));
  const at = (radial: number, level: number): number => {
    const node = grid[radial % RADIALS]?.[level];
    if (node === undefined) throw new Error(`no crossing ${radial}/${level}`);
    return node;
  };
  const spotOf = (node: number): Spot => nodes[node] ?? { x: 0, y: 0 };
  /** A node between two crossings of one level, pushed out so that rings are round. */
  const bend = (radial: number, level: number): number =>
    add(bentBetween(spotOf(at(radial, level)), spotOf(at(radial + 1, level))));
  const arc = (level: number, from: number, count: number): number[] => {
    const path = [at(from, level)];
    for (let step = 0; step < count; step++) path.push(bend(from + step, level), at(from + step + 1, level));
    return path;
  };

  for (const [index, name] of RING_NAMES.entries())
    streets.push({ name, rank: 'ring', nodes: arc(index * 2, 0, RADIALS) });
  const centre = add({ x: 0, y: 0 });
  for (const [radial, levels] of grid.entries())
    streets.push({
      name: namer.street('大道'),
      rank: 'avenue',
      nodes: radial % 3 === 0 ? [centre, ...levels] : levels,
    });
  for (const level of [1, 3, 5])
    for (let from = chance.whole(0, 2); from < RADIALS;) {
      const count = Math.min(chance.whole(1, 3), RADIALS - from);
      streets.push({
        name: namer.street(chance.pick(['路', '街', '巷'])),
        rank: 'street',
        nodes: arc(level, from, count),
      });
      from += count + chance.whole(0, 1);
    }
  const blocks = blocksOf((radial, level) => spotOf(at(radial, level)));
  const villages = drawVillages(chance, namer, {
    nodes,
    streets,
    gates: grid.map((levels) => levels.at(-1) ?? centre),
  });
  return { nodes, streets, villages, blocks };
}

/** Half way between two crossings of a ring, and a little farther out than the straight line. */
function bentBetween(from: Spot, to: Spot): Spot {
  const middle = towards(from, to, 0.5);
  return { x: middle.x * 1.02, y: middle.y * 1.02 };
}

/** The ground between streets, drawn a little smaller than it is. */
function blocksOf(spotAt: (radial: number, level: number) => Spot): (readonly Spot[])[] {
  const blocks: Spot[][] = [];
  for (let radial = 0; radial < RADIALS; radial++)
    for (let level = 0; level + 1 < LEVELS.length; level++) {
      const [a, b] = [spotAt(radial, level), spotAt(radial + 1, level)];
      const [c, d] = [spotAt(radial + 1, level + 1), spotAt(radial, level + 1)];
      const corners = [a, bentBetween(a, b), b, c, bentBetween(c, d), d];
      const middle = towards(towards(a, c, 0.5), towards(b, d, 0.5), 0.5);
      blocks.push(corners.map((corner) => towards(middle, corner, 1 - 40 / Math.max(80, metres(middle, corner)))));
    }
  return blocks;
}

type Country = { readonly nodes: Spot[]; readonly streets: Street[]; readonly gates: readonly number[] };

/** Eight villages at the ends of country roads, and behind every second of them one more, far out. */
function drawVillages(chance: Chance, namer: Namer, country: Country): Village[] {
  const villages: Village[] = [];
  const { nodes, streets, gates } = country;
  for (let index = 0; index < 8; index++) {
    const gate = gates[Math.floor((index * gates.length) / 8)] ?? 0;
    const near = settle(gate, chance.between(3_200, 5_200), false);
    villages.push(near);
    if (index % 2 === 0) villages.push(settle(near.node, chance.between(4_500, 7_500), true));
  }
  return villages;

  function settle(from: number, length: number, remote: boolean): Village {
    const name = namer.village();
    const start = nodes[from] ?? { x: 0, y: 0 };
    const heading = Math.atan2(start.y, start.x) + chance.between(-0.15, 0.15);
    const road = [from];
    const legs = Math.ceil(length / 900);
    for (let leg = 1; leg <= legs; leg++) {
      const sway = Math.sin((leg / legs) * Math.PI * 2) * chance.between(60, 260);
      const along = (leg / legs) * length;
      road.push(
        nodes.push({
          x: start.x + Math.cos(heading) * along - Math.sin(heading) * sway,
          y: start.y + Math.sin(heading) * along + Math.cos(heading) * sway,
        }) - 1,
      );
    }
    const node = road.at(-1) ?? from;
    streets.push({ name: `${name.slice(0, -1)}路`, rank: 'road', nodes: road });
    const heart = nodes[node] ?? start;
    for (const [group, turn] of [1, 2.2, -1, -2.2].entries()) {
      const lane = [node];
      for (let step = 1; step <= 2; step++) {
        const off = around(heading + turn + chance.between(-0.2, 0.2), step * chance.between(150, 200));
        lane.push(nodes.push({ x: heart.x + off.x, y: heart.y + off.y }) - 1);
      }
      streets.push({ name: `${name}${group + 1}组`, rank: 'lane', nodes: lane });
    }
    return { name, node, remote, dead: remote || chance.happens(0.4) };
  }
}
