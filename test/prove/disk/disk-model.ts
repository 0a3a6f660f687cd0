import { dirname } from 'node:path';

import type { DiskOp } from './disk-trace.ts';

/** What lies under a folder: bytes by path. */
export type Contents = ReadonlyMap<string, Buffer>;

/**
 * A disk on which nothing is certain but what was synced: a file's bytes and length by the file, its name by its folder.
 * All else may be there, in part, or not at all, when the power fails.
 */
export type DiskModel = {
  readonly apply: (op: DiskOp) => void;
  /** Everything as if the power never failed. */
  readonly now: () => Contents;
  /** One of the states in which a power cut now can leave the disk. */
  readonly crash: (random: () => number) => Contents;
  /** How many changes to this file are not synced. */
  readonly unsynced: (path: string) => number;
};

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };
type File = { synced: Bytes; changes: Change[] };
type Naming =
  | { readonly dir: string; readonly put: string; readonly file: File }
  | { readonly dir: string; readonly remove: string }
  | { readonly dir: string; readonly from: string; readonly to: string };

/** Disks write at least so much at once. */
const SECTOR = 512;

export function createDiskModel(start: Contents): DiskModel {
  const synced = new Map<string, File>();
  for (const [path, bytes] of start) synced.set(path, { synced: createBytes(bytes), changes: [] });
  const names = new Map(synced);
  let namings: Naming[] = [];
  const open = new Map<number, File | string>();
  const fileAt = (fd: number): File => {
    const file = open.get(fd);
    if (file === undefined || typeof file === 'string') throw new Error(`nobody opened file ${fd}`);
    return file;
  };
  const rename = (naming: Naming): void => {
    namings.push(naming);
    name(names, naming);
  };

  const sync = (fd: number): void => {
    const file = open.get(fd);
    if (typeof file === 'string') {
      const done = namings.filter(({ dir }) => dir === file);
      done.forEach((naming) => name(synced, naming));
      namings = namings.filter(({ dir }) => dir !== file);
    } else if (file) {
      for (const change of file.changes) make(file.synced, change);
      file.changes = [];
    }
  };

  const apply = (op: DiskOp): void => {
    switch (op.is) {
      case 'open': {
        const known = names.get(op.path);
        const file = known ?? (op.create ? { synced: createBytes(Buffer.alloc(0)), changes: [] } : null);
        if (file && !known) rename({ dir: dirname(op.path), put: op.path, file });
        if (file && known && op.empty) file.changes.push({ length: 0 });
        open.set(op.fd, file ?? op.path);
        return;
      }
      case 'write':
        fileAt(op.fd).changes.push({ at: op.at, bytes: op.bytes });
        return;
      case 'truncate':
        fileAt(op.fd).changes.push({ length: op.length });
        return;
      case 'sync':
        sync(op.fd);
        return;
      case 'close':
        open.delete(op.fd);
        return;
      case 'rename':
        rename({ dir: dirname(op.to), from: op.from, to: op.to });
        return;
      case 'unlink':
        rename({ dir: dirname(op.path), remove: op.path });
        return;
      case 'mkdir':
      case 'say':
    }
  };

  return {
    apply,
    now: () => new Map([...names].map(([path, file]) => [path, whole(file)])),
    crash: (random) => {
      const named = new Map(synced);
      const kept = someOf(namings, random);
      kept.forEach((naming) => name(named, naming));
      return new Map([...named].map(([path, file]) => [path, crashed(file, random)]));
    },
    unsynced: (path) => names.get(path)?.changes.length ?? 0,
  };
}

function name(names: Map<string, File>, naming: Naming): void {
  if ('put' in naming) names.set(naming.put, naming.file);
  else if ('remove' in naming) names.delete(naming.remove);
  else {
    const file = names.get(naming.from);
    names.delete(naming.from);
    if (file) names.set(naming.to, file);
  }
}

/** None, all, those up to one, or any of them; a journalling file system keeps the order of names, so mostly not the last. */
function someOf<T>(all: readonly T[], random: () => number): readonly T[] {
  const draw = random();
  if (draw < 0.25) return [];
  if (draw < 0.5) return all;
  if (draw < 0.95) return all.slice(0, Math.floor(random() * (all.length + 1)));
  return all.filter(() => random() < 0.5);
}

function whole({ synced, changes }: File): Buffer {
  const bytes = createBytes(synced.get());
  for (const change of changes) make(bytes, change);
  return bytes.get();
}

/** What a power cut leaves of a file: changes kept whole, up to one that is torn, in any order, or by sectors. */
function crashed(file: File, random: () => number): Buffer {
  const { synced, changes } = file;
  if (changes.length === 0) return synced.get();
  const bytes = createBytes(synced.get());
  const draw = random();
  if (draw < 0.1) return bytes.get();
  if (draw < 0.2) return whole(file);
  if (draw < 0.5) {
    const kept = Math.floor(random() * changes.length);
    changes.slice(0, kept).forEach((change) => make(bytes, change));
    makeSectors(bytes, changes[kept], (sector, of) => sector < of * random());
  } else if (draw < 0.75) {
    for (const change of changes) if (random() < 0.5) make(bytes, change);
  } else {
    const share = random();
    for (const change of changes) makeSectors(bytes, change, () => random() < share);
  }
  // The length may have been written before the bytes were.
  if (random() < 0.3) bytes.lengthen(whole(file).length);
  return bytes.get();
}

function make(bytes: Bytes, change: Change): void {
  if ('length' in change) bytes.resize(change.length);
  else bytes.write(change.bytes, change.at);
}

function makeSectors(bytes: Bytes, change: Change | undefined, kept: (sector: number, of: number) => boolean): void {
  if (!change) return;
  if ('length' in change) return void (kept(0, 1) && make(bytes, change));
  const end = change.at + change.bytes.length;
  const first = Math.floor(change.at / SECTOR);
  const count = Math.ceil(end / SECTOR) - first;
  for (let sector = 0; sector < count; sector += 1) {
    const from = Math.max(change.at, (first + sector) * SECTOR);
    const to = Math.min(end, (first + sector + 1) * SECTOR);
    if (kept(sector, count)) bytes.write(change.bytes.subarray(from - change.at, to - change.at), from);
  }
}

type Bytes = ReturnType<typeof createBytes>;

/** Bytes that grow; what was never written is zero. */
function createBytes(start: Buffer) {
  let room = Buffer.from(start);
  let length = start.length;
  const lengthen = (to: number): void => {
    if (to > room.length) {
      const more = Buffer.alloc(to * 2);
      room.copy(more, 0, 0, length);
      room = more;
    } else if (to > length) room.fill(0, length, to);
    length = Math.max(length, to);
  };
  return {
    lengthen,
    resize: (to: number): void => {
      lengthen(to);
      length = to;
    },
    write: (bytes: Buffer, at: number): void => {
      lengthen(at + bytes.length);
      bytes.copy(room, at);
    },
    /** Stays as it is only until the next change. */
    get: (): Buffer => room.subarray(0, length),
  };
}
