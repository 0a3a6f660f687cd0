import { readFileSync } from 'node:fs';

/** Clock ticks a second, as every Linux we know counts them. */
const TICKS_PER_S = 100;

/** How much processor time a process has used since it began, ms. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may hold spaces and brackets; what follows the last one does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_S) * 1_000;
}
