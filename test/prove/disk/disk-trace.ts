import { constants, readFileSync } from 'node:fs';

/** One call of a process, in the order in which they happened. `say`: bytes that left through a socket. */
export type DiskOp =
  | {
      readonly is: 'open';
      readonly fd: number;
      readonly path: string;
      readonly create: boolean;
      readonly empty: boolean;
    }
  | { readonly is: 'write'; readonly fd: number; readonly at: number; readonly bytes: Buffer }
  | { readonly is: 'truncate'; readonly fd: number; readonly length: number }
  | { readonly is: 'sync' | 'close'; readonly fd: number }
  | { readonly is: 'rename'; readonly from: string; readonly to: string }
  | { readonly is: 'unlink' | 'mkdir'; readonly path: string }
  | { readonly is: 'say'; readonly text: string };

const HEAD = 17;

/** Reads what `watched-disk.c` wrote. Throws if it is cut off or says something unknown. */
export function readTrace(file: string): DiskOp[] {
  const all = readFileSync(file);
  const ops: DiskOp[] = [];
  for (let place = 0; place < all.length;) {
    const length = all.readUInt32LE(place);
    const kind = String.fromCharCode(all.readUInt8(place + 4));
    const fd = all.readInt32LE(place + 5);
    const number = Number(all.readBigInt64LE(place + 9));
    const bytes = all.subarray(place + HEAD, place + HEAD + length);
    if (bytes.length !== length) throw new Error('the trace is cut off');
    place += HEAD + length;
    ops.push(read({ kind, fd, number, bytes }));
  }
  return ops;
}

type Line = { readonly kind: string; readonly fd: number; readonly number: number; readonly bytes: Buffer };

function read({ kind, fd, number, bytes }: Line): DiskOp {
  const text = (): string => bytes.toString('utf8');
  const has = (flag: number): boolean => (number & flag) !== 0;
  switch (kind) {
    case 'o':
      return { is: 'open', fd, path: text(), create: has(constants.O_CREAT), empty: has(constants.O_TRUNC) };
    case 'w':
      return { is: 'write', fd, at: number, bytes };
    case 't':
      return { is: 'truncate', fd, length: number };
    case 's':
      return { is: 'sync', fd };
    case 'c':
      return { is: 'close', fd };
    case 'r': {
      const [from = '', to = ''] = text().split('\0');
      return { is: 'rename', from, to };
    }
    case 'u':
      return { is: 'unlink', path: text() };
    case 'm':
      return { is: 'mkdir', path: text() };
    case 'a':
      return { is: 'say', text: text() };
    default:
      throw new Error(`the trace says ${kind}`);
  }
}
