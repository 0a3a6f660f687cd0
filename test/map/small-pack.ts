import { gzipSync } from 'node:zlib';

/** What a small archive is made of; one tile, zoom 0, over the whole world. */
export type SmallPack = {
  readonly layer?: string;
  readonly tileType?: number;
  readonly tileCompression?: number;
  readonly version?: number;
  readonly metadata?: object;
  readonly empty?: boolean;
};

/** A PMTiles archive (specification 3) with one tile of one layer that has one point. */
export function smallPack(what: SmallPack = {}): Buffer {
  const { layer = 'roads', tileType = 1, tileCompression = 2, version = 3, metadata = {}, empty = false } = what;
  const tile = gzipSync(
    field(3, Buffer.concat([field(1, Buffer.from(layer)), field(2, POINT), Buffer.from([0x78, 2])])),
  );
  // One entry: how many, tile id, run length, length, offset + 1.
  const entry = Buffer.concat([varint(1), varint(0), varint(1), varint(tile.length), varint(1)]);
  const directory = gzipSync(empty ? varint(0) : entry);
  const about = gzipSync(JSON.stringify(metadata));
  const header = Buffer.alloc(127);
  header.write('PMTiles', 'latin1');
  header[7] = version;
  const places = [127, directory.length, 127 + directory.length, about.length, 0, 0];
  const data = 127 + directory.length + about.length;
  for (const [at, value] of [...places, data, empty ? 0 : tile.length, 1, 1, 1].entries())
    header.writeBigUInt64LE(BigInt(value), 8 + at * 8);
  header.set([1, 2, tileCompression, tileType, 0, 0], 96);
  for (const [at, degrees] of [-10, -10, 10, 10].entries()) header.writeInt32LE(degrees * 1e7, 102 + at * 4);
  return Buffer.concat([header, directory, about, empty ? Buffer.alloc(0) : tile]);
}

/** A feature: type 1, geometry `move to 0 0`. */
const POINT = Buffer.from([0x18, 1, 0x22, 3, 9, 0, 0]);

const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
