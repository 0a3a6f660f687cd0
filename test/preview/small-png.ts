import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A picture of a screen (PNG, RGB, 8 bits a channel) as one with its 256 most frequent colours: a third of the bytes.
 * Colours that are not among them, edges of letters mostly, become the nearest that is.
 */
export function smallPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (!head || head.readUInt16BE(8) !== 0x0802 || head[12] !== 0) throw new Error('not a PNG of 8-bit RGB');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const colours = coloursOf(inflateSync(packed), width, height);

  const often = new Map<number, number>();
  for (const colour of colours) often.set(colour, (often.get(colour) ?? 0) + 1);
  const palette = [...often].toSorted(([, a], [, b]) => b - a).slice(0, 256);
  const index = new Map(palette.map(([colour], at) => [colour, at]));
  const rows = Buffer.alloc(height * (width + 1));
  for (const [at, colour] of colours.entries()) {
    const found = index.get(colour) ?? nearest(palette, colour);
    index.set(colour, found);
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = found;
  }
  const kept = Buffer.from(head);
  kept[9] = 3;
  const table = Buffer.from(palette.flatMap(([colour]) => channels(colour)));
  const idat = deflateSync(rows, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', kept), chunk('PLTE', table), chunk('IDAT', idat), chunk('IEND')]);
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

const channels = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearest(palette: readonly (readonly [number, number])[], colour: number): number {
  const [r, g, b] = channels(colour);
  const far = palette.map(([one]) => {
    const [x, y, z] = channels(one);
    return (x - r) ** 2 + (y - g) ** 2 + (z - b) ** 2;
  });
  return far.indexOf(Math.min(...far));
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const found = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return found;
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Each line is written as differences from the pixel on the left, above, or both. */
function coloursOf(lines: Buffer, width: number, height: number): Uint32Array {
  const stride = width * 3;
  const bytes = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < 3 ? 0 : (bytes[at - 3] ?? 0);
      const above = y === 0 ? 0 : (bytes[at - stride] ?? 0);
      const corner = x < 3 || y === 0 ? 0 : (bytes[at - stride - 3] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      bytes[at] = ((lines[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return Uint32Array.from({ length: width * height }, (_, at) => bytes.readUIntBE(at * 3, 3));
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
