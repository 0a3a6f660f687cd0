import { createChance, type Chance } from '../chance.ts';
import { drawSupply, type Supply } from './feeders.ts';
import { createNamer } from './names.ts';
import { networkOf, spotAt, type Network } from './network.ts';
import { metres, towards, type Spot } from './plane.ts';
import { drawStreets, type Plan } from './streets.ts';

export type Quarter = 'east' | 'north' | 'west' | 'south';

/** A generated city: the same seed gives the same city to the last house number. */
export type City = Plan & {
  readonly network: Network;
  readonly supply: Supply;
  readonly river: readonly Spot[];
};

/** A house on a street. `node`: where a van turns in from; `feeder`: what feeds it. */
export type Address = {
  readonly text: string;
  readonly spot: Spot;
  readonly node: number;
  readonly area: 'urban' | 'rural' | 'remote';
  readonly feeder: number;
  readonly quarter: Quarter;
  /** No signal there. */
  readonly dead: boolean;
};

export function buildCity(seed: string): City {
  const chance = createChance(`${seed}/city`);
  const plan = drawStreets(chance.branch('streets'), createNamer(chance.branch('names')));
  const network = networkOf(plan.nodes, plan.streets);
  const supply = drawSupply(network, plan.streets, plan.villages);
  return { ...plan, network, supply, river: drawRiver(chance.branch('river')) };
}

/** A house anywhere: seven of ten in town, the rest in villages. */
export function anyAddress(city: City, chance: Chance): Address {
  const country = chance.happens(0.3);
  const pieces = piecesWith(city, (rank) => (country ? rank === 'lane' : rank !== 'lane' && rank !== 'road'));
  return houseOn(city, chance, chance.pick(pieces));
}

/** A house fed by `feeder`. */
export function addressOn(city: City, chance: Chance, feeder: number): Address {
  const pieces = piecesWith(city, (rank) => rank !== 'road').filter((piece) => city.supply.ofPiece[piece] === feeder);
  return houseOn(city, chance, chance.pick(pieces));
}

/** Which of the four quarters of the city and its country a spot belongs to. */
export function quarterOf(spot: Spot): Quarter {
  if (Math.abs(spot.x) >= Math.abs(spot.y)) return spot.x >= 0 ? 'east' : 'west';
  return spot.y >= 0 ? 'north' : 'south';
}

/** No signal at this spot: in the hollow of a village without a mast. */
export const isDeadSpot = (city: City, spot: Spot): boolean =>
  city.villages.some(({ dead, node }) => dead && metres(spotAt(city.nodes, node), spot) < DEAD_RADIUS);

const DEAD_RADIUS = 1_200;
const METRES_PER_NUMBER = 12;

function houseOn(city: City, chance: Chance, index: number): Address {
  const piece = city.network.pieces[index];
  const street = city.streets[piece?.street ?? -1];
  if (!piece || !street) throw new Error(`no street piece ${index}`);
  const share = chance.between(0.05, 0.95);
  const spot = towards(spotAt(city.nodes, piece.a), spotAt(city.nodes, piece.b), share);
  const number = 1 + Math.round((piece.fromStart + share * piece.length) / METRES_PER_NUMBER);
  const inTown = street.rank !== 'lane';
  const village = inTown ? undefined : nearestVillage(city, spot);
  return {
    text: `${street.name}${number}号${inTown && chance.happens(0.6) ? `${chance.whole(1, 9)}栋` : ''}`,
    spot,
    node: share < 0.5 ? piece.a : piece.b,
    area: village ? (village.remote ? 'remote' : 'rural') : 'urban',
    feeder: city.supply.ofPiece[index] ?? 0,
    quarter: quarterOf(spot),
    dead: village?.dead ?? false,
  };
}

const piecesWith = (city: City, fits: (rank: Plan['streets'][number]['rank']) => boolean): number[] =>
  city.network.pieces.flatMap((piece, index) => (fits(city.streets[piece.street]?.rank ?? 'road') ? [index] : []));

const nearestVillage = (city: City, spot: Spot): City['villages'][number] | undefined =>
  city.villages.toSorted(
    (a, b) => metres(spotAt(city.nodes, a.node), spot) - metres(spotAt(city.nodes, b.node), spot),
  )[0];

/** From west to east, south of the middle, in bends. */
function drawRiver(chance: Chance): Spot[] {
  const phase = chance.between(0, Math.PI);
  return Array.from({ length: 81 }, (_, step) => {
    const x = (step - 40) * 300;
    return { x, y: -780 + Math.sin(x / 2_600 + phase) * 420 + Math.sin(x / 900 + 2 * phase) * 90 };
  });
}
