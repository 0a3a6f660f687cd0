/** One event, as far as scope needs it. */
export type Line = {
  readonly q: number;
  readonly id: string;
  readonly subject: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Eye =
  | { readonly form: 'tablet'; readonly device: string }
  | { readonly form: 'desk'; readonly device: string; readonly unit: string };

/** What one viewer sees of each subject: the last position, and how it left, if it is out of scope. */
export type Seen = Map<string, { end: number; left: { why: string; to: unknown; reason: unknown } | null }>;

/**
 * view(eye, q) by brute force: replays the log from its first event and asks after each one, for every subject, whether
 * it is in scope. Written from the definition (I5), with no code of the server or of the shared fold.
 */
export function viewByBruteForce(log: readonly Line[], eye: Eye, upTo: number): Seen {
  const world = new Replay();
  const seen: Seen = new Map();
  for (const line of log) {
    if (line.q > upTo) break;
    const before = new Set([...world.subjects].filter((subject) => world.inScope(subject, eye)));
    world.apply(line);
    for (const subject of world.subjects) {
      if (world.orders.get(subject)?.archived) seen.delete(subject);
      else if (world.inScope(subject, eye)) seen.set(subject, { end: line.q, left: null });
      else if (before.has(subject)) seen.set(subject, { end: line.q, left: world.leaving(line, subject) });
    }
  }
  return seen;
}

type Job = { unit: string; crew: string | null; closed: boolean; archived: boolean };

class Replay {
  readonly subjects = new Set<string>();
  readonly orders = new Map<string, Job>();
  readonly parents = new Map<string, string | null>();
  readonly homes = new Map<string, string | null>();
  readonly crewOfDevice = new Map<string, string>();

  apply({ id, subject, kind, data }: Line): void {
    this.subjects.add(subject);
    const text = (key: string): string => String(data[key]);
    const order = this.orders.get(subject);
    if (kind === 'unitMade') this.parents.set(id, data['parent'] === null ? null : text('parent'));
    if (kind === 'unitMade') this.homes.set(subject, id);
    if (['crewMade', 'personMade', 'rulePackActivated'].includes(kind)) this.homes.set(subject, text('unit'));
    if (kind === 'deviceEnrolled') this.homes.set(subject, data['unit'] === null ? null : text('unit'));
    if (kind === 'joinedCrew') this.crewOfDevice.set(subject, text('crew'));
    if (kind === 'leftCrew' && this.crewOfDevice.get(subject) === data['crew']) this.crewOfDevice.delete(subject);
    if (kind === 'reported')
      this.orders.set(subject, { unit: text('unit'), crew: null, closed: false, archived: false });
    if (!order) return;
    if (kind === 'dispatched' && !order.closed && order.crew === null && data['crew'] !== null)
      order.crew = text('crew');
    if (kind === 'recalled' && !order.closed && order.crew === data['crew']) order.crew = null;
    if (kind === 'reassigned' && !order.closed && order.crew === data['from']) order.crew = text('to');
    if (kind === 'archived' && order.closed) order.archived = true;
    if (kind === 'closed') order.closed = true;
  }

  inScope(subject: string, eye: Eye): boolean {
    if (subject === `device:${eye.device}`) return true;
    const order = this.orders.get(subject);
    if (eye.form === 'tablet') {
      const crew = this.crewOfDevice.get(`device:${eye.device}`);
      if (crew === undefined) return false;
      if (order) return !order.archived && order.crew === crew;
      const home = this.homes.get(subject);
      return !subject.startsWith('device:') && home != null && this.isAbove(home, this.homes.get(`crew:${crew}`) ?? '');
    }
    if (order) return !order.archived && this.isAbove(eye.unit, order.unit);
    const home = this.homes.get(subject);
    if (home == null) return false;
    return this.isAbove(eye.unit, home) || (!subject.startsWith('device:') && this.isAbove(home, eye.unit));
  }

  leaving({ kind, subject: about, data }: Line, subject: string): { why: string; to: unknown; reason: unknown } {
    if (kind === 'recalled') return { why: 'recalled', to: null, reason: data['reason'] };
    if (kind === 'reassigned') return { why: 'reassigned', to: data['to'], reason: data['reason'] };
    if (!about.startsWith('device:')) throw new Error(`${kind} takes nothing away`);
    return { why: 'leftCrew', to: this.orders.get(subject)?.crew ?? null, reason: null };
  }

  /** Is `top` that unit or above it? */
  private isAbove(top: string, unit: string): boolean {
    for (let next: string | null = unit; next !== null; next = this.parents.get(next) ?? null)
      if (next === top) return true;
    return false;
  }
}
