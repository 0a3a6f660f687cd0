import { checkCustody, custodyFailures, type AckLine, type LogLine } from '../e2e/custody-check.ts';

/** What a storm left behind. `taps`: ids people were told are saved; `acks`: what the tablets wrote down as received. */
export type StormHistory = {
  readonly taps: readonly string[];
  readonly acks: readonly AckLine[];
  readonly log: readonly LogLine[];
};

/** Each tap exactly once in the log, and every acknowledgement where the log says; otherwise a sentence each. */
export function checkStorm({ taps, acks, log }: StormHistory): readonly string[] {
  const times = new Map<string, number>();
  for (const { writer, n } of log) times.set(`${writer}-${n}`, (times.get(`${writer}-${n}`) ?? 0) + 1);
  const acked = new Set(acks.map(({ writer, n }) => `${writer}-${n}`));
  return [
    ...taps.filter((id) => !times.has(id)).map((id) => `tapped, and not in the log: ${id}`),
    ...taps.filter((id) => !acked.has(id)).map((id) => `tapped, and never acknowledged: ${id}`),
    ...custodyFailures(checkCustody(log, acks)),
  ];
}
