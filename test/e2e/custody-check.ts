/** One line of `relight log --ndjson --data`, as far as the check reads it. */
export type LogLine = {
  readonly q: number;
  readonly writer: string;
  readonly n: number;
  readonly hash: string;
  readonly chain: string;
  readonly subject?: string;
  readonly kind?: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** What a client wrote down when an acknowledgement reached it. `req`: the request it answered. */
export type AckLine = {
  readonly writer: string;
  readonly n: number;
  readonly hash: string;
  readonly q: number;
  readonly req?: string;
};

export type CustodyFindings = {
  readonly acknowledged: number;
  readonly logged: number;
  /** Acknowledged, but not in the log with that hash and position. */
  readonly lost: readonly string[];
  /** More than one log line for one id. */
  readonly doubled: readonly string[];
  /** Missing log positions, and numbers missing inside one writer's run. */
  readonly gaps: readonly string[];
  /** A writer's later number before an earlier one. */
  readonly reordered: readonly string[];
  /** An alert that was raised more than once on one clock of one order. */
  readonly raisedTwice: readonly string[];
};

/** Compares the log with the clients' own records, knowing nothing of how either was made. */
export function checkCustody(log: readonly LogLine[], acks: readonly AckLine[]): CustodyFindings {
  const byId = new Map<string, LogLine>();
  const doubled: string[] = [];
  const gaps: string[] = [];
  const reordered: string[] = [];
  const raisedTwice: string[] = [];
  const lastOf = new Map<string, number>();
  const raised = new Set<string>();
  log.forEach((line, index) => {
    const id = `${line.writer}-${line.n}`;
    if (byId.has(id)) doubled.push(id);
    byId.set(id, line);
    if (line.q !== index + 1) gaps.push(`q ${index + 1}`);
    const last = lastOf.get(line.writer) ?? 0;
    if (line.n <= last) reordered.push(id);
    else if (line.n !== last + 1) gaps.push(`${line.writer}-${last + 1}`);
    lastOf.set(line.writer, Math.max(last, line.n));
    if (line.kind !== 'alertRaised') return;
    const alert = [line.subject, line.data?.['rule'], line.data?.['level'], line.data?.['epoch']].join(' ');
    if (raised.has(alert)) raisedTwice.push(alert);
    raised.add(alert);
  });
  const lost = acks
    .filter((ack) => {
      const line = byId.get(`${ack.writer}-${ack.n}`);
      return !line || line.hash !== ack.hash || line.q !== ack.q;
    })
    .map((ack) => `${ack.writer}-${ack.n}`);
  return { acknowledged: acks.length, logged: log.length, lost, doubled, gaps, reordered, raisedTwice };
}

/** Everything that is wrong, each in a sentence; empty: custody was kept. */
export const custodyFailures = ({ lost, doubled, gaps, reordered, raisedTwice }: CustodyFindings): string[] =>
  Object.entries({ lost, doubled, gap: gaps, reordered, 'raised twice': raisedTwice }).flatMap(([what, ids]) =>
    ids.map((id) => `${what}: ${id}`),
  );

/** Lines of JSON; a last line that was cut off is none. */
export const ndjson = <T>(text: string): T[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
