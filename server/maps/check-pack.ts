import { VectorTile } from '@mapbox/vector-tile';
import Pbf from 'pbf';
import { Compression, PMTiles, TileType, tileTypeExt, type Header, type Source } from 'pmtiles';

import type { MapPack } from '#shared/api/maps.ts';
import { err, ok, type Result } from '#shared/result.ts';

export type PackContents = Pick<MapPack, 'bounds' | 'minZoom' | 'maxZoom' | 'attribution'>;

/** Why an archive is not drawn; `detail` is what was found instead. */
export type PackRefusal = {
  readonly code:
    | 'empty'
    | 'notPmtiles'
    | 'version'
    | 'truncated'
    | 'tileType'
    | 'compression'
    | 'noTiles'
    | 'noStreets'
    | 'unreadable';
  readonly detail: string;
};

/** An archive as bytes. `size`: all of it. */
export type PackSource = { readonly source: Source; readonly size: number };

/** Reads header, metadata and tiles of an archive and says whether the map can draw it. */
export async function checkPack({ source, size }: PackSource): Promise<Result<PackContents, PackRefusal>> {
  if (size === 0) return err({ code: 'empty', detail: '0 bytes' });
  const start = new Uint8Array((await source.getBytes(0, HEADER_BYTES)).data);
  const name = new TextDecoder('latin1').decode(start.subarray(0, MAGIC.length));
  if (name !== MAGIC) return err({ code: 'notPmtiles', detail: `it does not begin with ${MAGIC}` });
  const version = start[MAGIC.length];
  if (version !== 3) return err({ code: 'version', detail: `version ${version ?? 'missing'}` });
  if (start.length < HEADER_BYTES) return err({ code: 'truncated', detail: `${size} bytes` });
  try {
    return await contentsOf(new PMTiles(source), size);
  } catch (error) {
    // Whatever an archive of somebody else does to the libraries that read it, it is the archive that is at fault.
    return err({ code: 'unreadable', detail: error instanceof Error ? error.message : String(error) });
  }
}

/** A sentence for the person who offered it. */
export function packRefusalText({ code, detail }: PackRefusal): string {
  switch (code) {
    case 'empty':
      return 'the file is empty';
    case 'notPmtiles':
      return `this is no PMTiles archive: ${detail}`;
    case 'version':
      return `this is a PMTiles archive of ${detail}; version 3 can be read`;
    case 'truncated':
      return `the archive is cut off: ${detail}`;
    case 'tileType':
      return `its tiles are ${detail}; only vector tiles (MVT) can be drawn`;
    case 'compression':
      return `its tiles are compressed with ${detail}; gzip or none can be read`;
    case 'noTiles':
      return `there are no tiles in it${detail === '' ? '' : `: ${detail}`}`;
    case 'noStreets':
      return `no layer in it is one of a street map: ${detail}`;
    case 'unreadable':
      return `it cannot be read: ${detail}`;
  }
}

const MAGIC = 'PMTiles';
const HEADER_BYTES = 127;

async function contentsOf(archive: PMTiles, size: number): Promise<Result<PackContents, PackRefusal>> {
  const header = await archive.getHeader();
  const end = Math.max(
    header.rootDirectoryOffset + header.rootDirectoryLength,
    header.jsonMetadataOffset + header.jsonMetadataLength,
    (header.leafDirectoryOffset ?? 0) + (header.leafDirectoryLength ?? 0),
    header.tileDataOffset + (header.tileDataLength ?? 0),
  );
  if (end > size) return err({ code: 'truncated', detail: `${size} of ${end} bytes` });
  if (header.tileType !== TileType.Mvt) return err({ code: 'tileType', detail: typeName(header) });
  const { tileCompression } = header;
  if (tileCompression !== Compression.Gzip && tileCompression !== Compression.None)
    return err({ code: 'compression', detail: COMPRESSIONS[tileCompression] ?? String(tileCompression) });
  const layers = await layersOf(archive, header);
  if (layers === null) return err({ code: 'noTiles', detail: 'none where it says that it has some' });
  if (!layers.some((layer) => STREET_LAYERS.has(layer)))
    return err({ code: 'noStreets', detail: layers.join(', ') || 'the tiles are empty' });
  const { minLon, minLat, maxLon, maxLat, minZoom, maxZoom } = header;
  const attribution = attributionIn(await archive.getMetadata());
  return ok({ bounds: [minLon, minLat, maxLon, maxLat], minZoom, maxZoom, attribution });
}

const STREET_LAYERS: ReadonlySet<string> = new Set(['roads', 'water', 'earth']);

const COMPRESSIONS: Readonly<Record<number, string>> = { 0: 'something unknown', 3: 'Brotli', 4: 'Zstandard' };

const typeName = ({ tileType }: Header): string =>
  tileTypeExt(tileType).replace('.', '').toUpperCase() || `of a type that is not known (${tileType})`;

/** The layers of the tiles in the middle, from near to far; null: there is no tile in any of them. */
async function layersOf(archive: PMTiles, header: Header): Promise<readonly string[] | null> {
  const names = new Set<string>();
  let found = false;
  for (let zoom = header.maxZoom; zoom >= header.minZoom; zoom -= 1) {
    const [x, y] = middleTile(header, zoom);
    const tile = await archive.getZxy(zoom, x, y);
    if (!tile) continue;
    found = true;
    for (const layer of Object.keys(new VectorTile(new Pbf(new Uint8Array(tile.data))).layers)) names.add(layer);
    if ([...names].some((layer) => STREET_LAYERS.has(layer))) break;
  }
  return found ? [...names] : null;
}

function middleTile({ minLon, maxLon, minLat, maxLat }: Header, zoom: number): [x: number, y: number] {
  const tiles = 2 ** zoom;
  const lat = ((minLat + maxLat) / 2) * (Math.PI / 180);
  const x = ((minLon + maxLon) / 2 + 180) / 360;
  const y = (1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2;
  const within = (part: number): number => Math.min(tiles - 1, Math.max(0, Math.floor(part * tiles)));
  return [within(x), within(y)];
}

/** Archives carry it as HTML; here it becomes the text of it. */
function attributionIn(metadata: unknown): string {
  const given: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'attribution') : null;
  const text =
    typeof given === 'string'
      ? given
          .replaceAll(/<[^<>]*>/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim()
      : '';
  return text.replaceAll('&copy;', '©').slice(0, 200) || '© OpenStreetMap';
}
