import { createHash } from 'node:crypto';

import type { History } from './history.ts';

/** One value for all that happened: two runs with the same one were the same, byte for byte. */
export function traceHash({ wire, machines, logs, saved }: History): string {
  const hash = createHash('sha256');
  const add = (value: unknown): void => void hash.update(JSON.stringify(value));
  for (const { at, machine, request, answer, status, delivered } of wire)
    add([at, machine, request, status, answer, delivered]);
  for (const { disk, rows, shown } of machines) add([disk, rows, [...shown]]);
  for (const { epoch, lines } of logs) add([epoch, lines.map(({ chain, rcv, time }) => [chain, rcv, time])]);
  add(saved);
  return hash.digest('hex').slice(0, 16);
}
