import { checkCustody, custodyFailures, type LogLine } from '../../e2e/custody-check.ts';

/** One request that carried events, as the line to the server saw it: which page sent it, from when to when (ms). */
export type Sent = { readonly page: string; readonly from: number; readonly to: number; readonly events: number };

/** How many pages at most were sending at the same moment. */
export function flushersAtOnce(sent: readonly Sent[]): number {
  const during = (at: number): number =>
    new Set(sent.filter(({ from, to }) => from <= at && at < to).map(({ page }) => page)).size;
  return Math.max(0, ...sent.map(({ from }) => during(from)));
}

/** Everything wrong with the server's own log, given the notes that were said to be saved; each note's text is unique. */
export function tabProblems(saved: readonly string[], log: readonly LogLine[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { kind, data } of log) {
    const text = kind === 'noted' ? String(data?.['text']) : null;
    if (text !== null) times.set(text, (times.get(text) ?? 0) + 1);
  }
  return [
    ...custodyFailures(checkCustody(log, [])),
    ...saved.filter((text) => !times.has(text)).map((text) => `lost: ${text}`),
    ...[...times].filter(([, count]) => count > 1).map(([text, count]) => `${text} is there ${count} times`),
  ];
}
