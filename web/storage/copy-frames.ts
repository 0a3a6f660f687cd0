/**
 * How entries lie in an append-only file: mark, length, checksum, text. What a crash cut off, or a disk spoiled, is
 * passed over; whatever was written whole behind it is found again.
 */
export function framed(texts: readonly string[]): Uint8Array {
  const bodies = texts.map((text) => new TextEncoder().encode(text));
  const bytes = new Uint8Array(bodies.reduce((sum, body) => sum + HEAD + body.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const body of bodies) {
    view.setUint32(at, MARK);
    view.setUint32(at + 4, body.length);
    view.setUint32(at + 8, checksum(body));
    bytes.set(body, at + HEAD);
    at += HEAD + body.length;
  }
  return bytes;
}

/** The entries that are whole, in the order in which they were written. */
export function unframed(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  for (let at = 0; at + HEAD <= bytes.length;) {
    const end = at + HEAD + view.getUint32(at + 4);
    const body = view.getUint32(at) === MARK && end <= bytes.length ? bytes.subarray(at + HEAD, end) : null;
    if (body && view.getUint32(at + 8) === checksum(body)) {
      texts.push(new TextDecoder().decode(body));
      at = end;
    } else at += 1;
  }
  return texts;
}

const HEAD = 12;
const MARK = 0x52_4c_01_f7;

/** FNV-1a, 32 bits; of nothing it is not 0, so a run of zeros is no entry. */
function checksum(bytes: Uint8Array): number {
  let sum = 0x81_1c_9d_c5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01_00_01_93);
  return sum >>> 0;
}
