import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Anchor } from './guarded-clock.ts';

/** `waived`: a person accepted a clock that was behind; receipts up to this one do not bind it. Server time, ms. */
export type KeptAnchor = Anchor & { readonly waived?: number };

/** What lies beside the database so that the next process knows what time it is; lost, it costs a question at most. */
export type ClockFiles = {
  readonly anchor: () => KeptAnchor | null;
  readonly keepAnchor: (anchor: KeptAnchor) => void;
  /** By how much the jump that a person accepted was ahead, ms; null: nobody did. */
  readonly accepted: () => number | null;
  /** Back from here the acceptance is on disk. */
  readonly putAccepted: (by: number) => void;
  readonly dropAccepted: () => void;
};

export function clockFiles(dataDir: string): ClockFiles {
  const anchorFile = join(dataDir, 'clock.json');
  const acceptedFile = join(dataDir, 'clock-accepted.json');
  return {
    anchor: () => {
      const kept = readJson(anchorFile);
      return isAnchor(kept) ? kept : null;
    },
    keepAnchor: (anchor) => replace(anchorFile, anchor),
    accepted: () => {
      const kept = readJson(acceptedFile);
      return isObject(kept) && typeof kept['by'] === 'number' ? kept['by'] : null;
    },
    putAccepted: (by) => {
      replace(acceptedFile, { by }, 'flushed');
    },
    dropAccepted: () => rmSync(acceptedFile, { force: true }),
  };
}

/** Readers see the old text or the new one whole, also if this process is killed here; one process writes each file. */
function replace(file: string, value: object, how?: 'flushed'): void {
  const beside = `${file}.next`;
  writeFileSync(beside, JSON.stringify(value));
  if (how) flush(beside);
  renameSync(beside, file);
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Undefined if there is no such file, or one that a power cut left half written; the store says what is unreadable. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isAnchor(value: unknown): value is KeptAnchor {
  if (!isObject(value)) return false;
  const { boot, up, awake, at, waived } = value;
  return (
    (boot === null || typeof boot === 'string') &&
    [up, awake, at].every(Number.isFinite) &&
    (waived === undefined || Number.isFinite(waived))
  );
}
