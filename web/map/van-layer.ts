import { Circle, type LatLngBounds, LayerGroup, type Map as LeafletMap } from 'leaflet';

import type { MapModel, MapOptions, MapPoint, MapVan } from './map-model.ts';
import { hereNode, leaderNode, newsOf, pickedNode, type Room, vanGroupNode, vanNode, vanRoom } from './marks.ts';
import type { Covered } from './order-layer.ts';
import { placedMarks, type Wanted } from './placed-marks.ts';
import { type Box, IN_PLACE, type Shift, standAside } from './stand-aside.ts';

/** From here on each van stands alone; further out those of one place are counted, live and silent apart. */
const SINGLE_ZOOM = 13;
/** As wide as a mark of several vans, so that few of them touch. */
const CELL_PX = { x: 110, y: 44 };
/** Vans lie over every group of orders: no crowd hides one. Silent ones lie under those with news. */
const OVER = { silent: 20_000, aged: 21_000, fresh: 22_000 } as const;
/** Under every order, so that no dot lies on what a group counts. */
const UNDER = -20_000;

/** Vans with the age of their news; the own position; a place pointed at. */
export function vanLayer(map: LeafletMap, options: MapOptions) {
  const marks = placedMarks(map, null);
  const rings = new LayerGroup().addTo(map);
  let ringed = '';
  let covered: readonly Covered[] = [];
  let shifts: ReadonlyMap<string, Shift> = new Map();
  let model: Pick<MapModel, 'vans' | 'here' | 'picked'> = {};

  const draw = (next: Pick<MapModel, 'vans' | 'here' | 'picked'>): void => {
    model = next;
    const { vans = [], here = null, picked = null } = model;
    const view = map.getBounds().pad(0.2);
    const inView = vans.filter(({ point }) => view.contains([point.lat, point.lon]));
    const single = map.getZoom() >= SINGLE_ZOOM || vans.length <= FEW;
    shifts = single && inView.length <= CROWD ? shiftsOf(inView) : new Map();
    marks.draw([
      ...(single ? inView.flatMap((van) => vanMarks(van, shifts.get(van.id))) : groupsOf(map, inView).map(groupMark)),
      ...(here ? [{ ...placeOf('here', here, 90_000), look: '', draw: () => hereNode(options.words.here) }] : []),
      ...(picked ? [{ ...placeOf('picked', picked, 200_000), look: '', draw: pickedNode }] : []),
    ]);
    drawRings({ vans, here }, view);
  };

  /** Those with the latest news choose first: they are where they are drawn. */
  const shiftsOf = (vans: readonly MapVan[]): ReadonlyMap<string, Shift> =>
    standAside(
      vans
        .toSorted((a, b) => OVER[newsOf(b.ageMs)] - OVER[newsOf(a.ageMs)])
        .map((van) => ({ key: van.id, box: boxOf(map, van.point, vanRoom(van)) })),
      { taken: covered.map((one) => boxOf(map, one, one.room)), view: viewOf(map), before: shifts },
    );

  const drawRings = ({ vans = [], here }: Pick<MapModel, 'vans' | 'here'>, view: LatLngBounds): void => {
    const wanted: Ring[] = vans
      .filter(({ point, reachM }) => reachM !== undefined && view.pad(1).contains([point.lat, point.lon]))
      .map(({ point, reachM = 0 }) => ({ point, radius: reachM, className: 'map-ring is-reach' }));
    if (here?.acc !== undefined) wanted.push({ point: here, radius: here.acc, className: 'map-ring' });
    const look = JSON.stringify(wanted);
    if (look === ringed) return;
    ringed = look;
    rings.clearLayers();
    for (const { point, ...ring } of wanted)
      new Circle([point.lat, point.lon], { ...ring, interactive: false }).addTo(rings);
  };

  return {
    draw,
    /** Orders' marks stay where they are; vans make room. */
    clearOf: (next: readonly Covered[]): void => {
      covered = next;
      draw(model);
    },
  };
}

/** So many vans are never counted together. */
const FEW = 40;
/** More than so many in sight stand where they are: there is no room to stand aside. */
const CROWD = 60;

type Ring = { readonly point: MapPoint; readonly radius: number; readonly className: string };

const placeOf = (key: string, { lat, lon }: MapPoint, over: number) => ({ key, lat, lon, over });

function boxOf(map: LeafletMap, { lat, lon }: MapPoint, { left, right, halfHeight }: Room): Box {
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  return { x: x + (right - left) / 2, y, halfWidth: (left + right) / 2, halfHeight };
}

function viewOf(map: LeafletMap): Box {
  const { x, y } = map.getSize().divideBy(2);
  return { x, y, halfWidth: x, halfHeight: y };
}

function vanMarks(van: MapVan, shift: Shift = IN_PLACE): readonly Wanted[] {
  if (shift === IN_PLACE) return [vanMark(van)];
  const look = `${shift.x} ${shift.y}`;
  const leader = { ...placeOf(`place ${van.id}`, van.point, UNDER), look, draw: () => leaderNode(shift) };
  return [leader, vanMark(van, shift)];
}

function vanMark(van: MapVan, shift: Shift = IN_PLACE): Wanted {
  const news = newsOf(van.ageMs);
  const look = [van.name, news, news === 'fresh' ? '' : van.age, van.source, shift.x, shift.y].join('|');
  return { ...placeOf(van.id, van.point, OVER[news]), look, draw: () => vanNode(van, shift) };
}

/** `at`: the middle of its field of the grid, so that two of them never lie over each other. */
type VanGroup = { readonly key: string; readonly vans: readonly MapVan[]; readonly at: MapPoint };

/** By a grid of world pixels, so that groups stay when the map is moved. */
function groupsOf(map: LeafletMap, vans: readonly MapVan[]): readonly VanGroup[] {
  const groups = new Map<string, MapVan[]>();
  for (const van of vans) {
    const { x, y } = map.project([van.point.lat, van.point.lon]);
    const key = `${map.getZoom()} ${Math.floor(x / CELL_PX.x)} ${Math.floor(y / CELL_PX.y)}`;
    const group = groups.get(key);
    if (group) group.push(van);
    else groups.set(key, [van]);
  }
  return [...groups].map(([key, members]) => {
    const [, column = 0, row = 0] = key.split(' ').map(Number);
    const { lat, lng } = map.unproject([(column + 0.5) * CELL_PX.x, (row + 0.5) * CELL_PX.y]);
    return { key, vans: members, at: { lat, lon: lng } };
  });
}

function groupMark({ key, vans, at }: VanGroup): Wanted {
  const [first] = vans;
  if (first && vans.length === 1) return vanMark(first);
  const silent = vans.filter(({ ageMs }) => newsOf(ageMs) === 'silent').length;
  const oldest = vans.reduce((a, b) => (b.ageMs > a.ageMs ? b : a));
  const names = vans.map(({ name, age }) => `${name} ${age}`).join(' · ');
  const look = `${vans.length} ${silent} ${oldest.age} ${names}`;
  return {
    ...placeOf(key, at, OVER.fresh),
    look,
    draw: () => vanGroupNode({ live: vans.length - silent, silent, age: oldest.age, title: names }),
  };
}
