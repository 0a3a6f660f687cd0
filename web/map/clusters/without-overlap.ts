import type { ClusterMark } from './cluster-model.ts';

/** Of a mark that stands for several, px. */
const FACE_PX = { x: 64, y: 30 };
const TILE_PX = 256;

/**
 * Marks whose faces would lie over each other at this zoom, made one. `onMerged` hears of which marks a mark was made.
 */
export function withoutOverlap(
  marks: readonly ClusterMark[],
  zoom: number,
  onMerged: (key: string, of: readonly string[]) => void,
): readonly ClusterMark[] {
  const placed = new Map<string, Placed[]>();
  const all = new Set<Placed>();
  // The biggest stay where they are and take in what lies under them.
  const queue = marks
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
    .map((mark) => place(mark, zoom));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const one = next;
    const other = around(placed, one).find((there) => covers(there, one));
    if (!other) {
      cellOf(placed, one).push(one);
      all.add(one);
      continue;
    }
    const cell = cellOf(placed, other);
    cell.splice(cell.indexOf(other), 1);
    all.delete(other);
    // A face that grew has moved: there may be another one under it now.
    queue.unshift({ ...place(joined(other.mark, one.mark), zoom), of: [...other.of, ...one.of] });
  }
  return [...all].map(({ mark, of }) => {
    if (of.length > 1) onMerged(mark.key, of);
    return mark;
  });
}

type Placed = { readonly mark: ClusterMark; readonly x: number; readonly y: number; readonly of: readonly string[] };

function place(mark: ClusterMark, zoom: number): Placed {
  const size = TILE_PX * 2 ** zoom;
  const sine = Math.sin((mark.lat * Math.PI) / 180);
  const x = (mark.lon / 360 + 0.5) * size;
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size;
  return { mark, x, y, of: [mark.key] };
}

const covers = (a: Placed, b: Placed): boolean => Math.abs(a.x - b.x) < FACE_PX.x && Math.abs(a.y - b.y) < FACE_PX.y;

const columnOf = ({ x }: Placed): number => Math.floor(x / FACE_PX.x);
const rowOf = ({ y }: Placed): number => Math.floor(y / FACE_PX.y);

function cellOf(placed: Map<string, Placed[]>, one: Placed): Placed[] {
  const key = `${columnOf(one)}:${rowOf(one)}`;
  const known = placed.get(key);
  if (known) return known;
  const made: Placed[] = [];
  placed.set(key, made);
  return made;
}

function around(placed: ReadonlyMap<string, Placed[]>, one: Placed): Placed[] {
  const [column, row] = [columnOf(one), rowOf(one)];
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => placed.get(`${column + dx}:${row + dy}`) ?? []));
}

/** Both in one, in their common middle. */
function joined(a: ClusterMark, b: ClusterMark): ClusterMark {
  const count = a.count + b.count;
  const middle = (part: 'lat' | 'lon'): number => (a[part] * a.count + b[part] * b.count) / count;
  const worse = a.look === b.look ? (a.worst < b.worst ? a : b) : a.look > b.look ? a : b;
  const asBad = a.look === b.look ? a.asBad + b.asBad : worse.asBad;
  const [first, second] = [a.key.replace('+', ''), b.key.replace('+', '')];
  const key = `${first < second ? first : second}+`;
  return { key, lat: middle('lat'), lon: middle('lon'), count, asBad, look: worse.look, worst: worse.worst };
}
