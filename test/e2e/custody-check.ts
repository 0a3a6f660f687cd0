/** One line of `relight log --ndjson`, as far as the check reads it. */
export type LogLine = {
  readonly q: number;
  readonly writer: string;
  readonly n: number;
  readonly hash: string;
  readonly chain: string;
};

/** What a client wrote down when an acknowledgement reached it. */
export type AckLine = { readonly writer: string; readonly n: number; readonly hash: string; readonly q: number };

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
};

/** Compares the log with the clients' own records, knowing nothing of how either was made. */
export function checkCustody(log: readonly LogLine[], acks: readonly AckLine[]): CustodyFindings {
  const byId = new Map<string, LogLine>();
  const doubled: string[] = [];
  const gaps: string[] = [];
  const reordered: string[] = [];
  const lastOf = new Map<string, number>();
  log.forEach((line, index) => {
    const id = `${line.writer}-${line.n}`;
    if (byId.has(id)) doubled.push(id);
    byId.set(id, line);
    if (line.q !== index + 1) gaps.push(`q ${index + 1}`);
    const last = lastOf.get(line.writer) ?? 0;
    if (line.n <= last) reordered.push(id);
    else if (line.n !== last + 1) gaps.push(`${line.writer}-${last + 1}`);
    lastOf.set(line.writer, Math.max(last, line.n));
  });
  const lost = acks
    .filter((ack) => {
      const line = byId.get(`${ack.writer}-${ack.n}`);
      return !line || line.hash !== ack.hash || line.q !== ack.q;
    })
    .map((ack) => `${ack.writer}-${ack.n}`);
  return { acknowledged: acks.length, logged: log.length, lost, doubled, gaps, reordered };
}
