import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

import type { Readings } from './guarded-clock.ts';

/** The clocks of the machine this runs on. */
export function machineReadings(): Readings {
  const wall = (): number => Date.now();
  const awake = (): number => Number(process.hrtime.bigint()) / 1_000_000;
  return { wall, awake, up: lately(readUptime, [wall, awake]), boot: bootId() };
}

/** The kernel's own file on Linux, so that nothing between it and this process can change it. */
const readUptime = (): number => uptime() * 1_000;

/** It is that coarse, and reading a file for each look at the clock costs. */
const LATELY_MS = 10;

/** What was read last, as long as both other clocks say that this was just now: one of them goes on while the machine sleeps. */
function lately(read: () => number, clocks: readonly (() => number)[]): () => number {
  let known: { readonly value: number; readonly at: readonly number[] } | null = null;
  return () => {
    const at = clocks.map((clock) => clock());
    if (known === null || at.some((now, index) => Math.abs(now - (known?.at[index] ?? 0)) >= LATELY_MS))
      known = { value: read(), at };
    return known.value;
  };
}

/** Null where the system has no name for its run: then a restart counts as a new one. */
function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
