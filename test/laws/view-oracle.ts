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
 * view(eye, q) by brute force: replays the log from its first event and asks after each one whether what it may concern is in
 * scope: an event of an order that order, one that makes a person, a device or a pack that one, any other event every subject.
 * Written from the definition (I5), with no code of
 * the server or of the shared fold.
 */
export function viewByBruteForce(log: readonly Line[], eye: Eye, upTo: number): Seen {
  const world = new Replay();
  const seen: Seen = new Map();
  const inside = new Set<string>();
  let end = 0;
  for (const line of log) {
    if (line.q > upTo) break;
    end = line.q;
    world.apply(line);
    const alone = line.subject.startsWith('order:') || MAKES_ITSELF.has(line.kind);
    for (const subject of alone ? [line.subject] : world.subjects) {
      const was = inside.delete(subject);
      if (world.orders.get(subject)?.archived) seen.delete(subject);
      else if (world.inScope(subject, eye)) inside.add(subject);
      else if (was) seen.set(subject, { end, left: world.leaving(line, subject, eye) });
    }
  }
  for (const subject of inside) seen.set(subject, { end, left: null });
  return seen;
}

const MAKES_ITSELF: ReadonlySet<string> = new Set(['personMade', 'deviceEnrolled', 'rulePackActivated']);

type Job = { unit: string; crew: string | null; closed: boolean; archived: boolean };

class Replay {
  readonly subjects = new Set<string>();
  readonly orders = new Map<string, Job>();
  readonly parents = new Map<string, string | null>();
  /** Most have one; a person who worked with a crew that was moved has those of the crew, too. */
  readonly homes = new Map<string, readonly string[]>();
  readonly personOfDevice = new Map<string, string>();
  readonly crewOfDevice = new Map<string, string>();

  apply({ id, subject, kind, data }: Line): void {
    this.subjects.add(subject);
    const text = (key: string): string => String(data[key]);
    const order = this.orders.get(subject);
    if (kind === 'unitMade') this.parents.set(id, data['parent'] === null ? null : text('parent'));
    if (kind === 'unitMade') this.homes.set(subject, [id]);
    if (['crewMade', 'personMade', 'rulePackActivated'].includes(kind)) this.homes.set(subject, [text('unit')]);
    if (kind === 'deviceEnrolled') this.homes.set(subject, data['unit'] === null ? [] : [text('unit')]);
    if (kind === 'deviceEnrolled' && data['person'] !== null) this.personOfDevice.set(subject, text('person'));
    if (kind === 'crewMoved') this.move(subject, text('unit'));
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
      const unit = this.homes.get(`crew:${crew}`)?.[0] ?? '';
      return !subject.startsWith('device:') && this.homesOf(subject).some((home) => this.isAbove(home, unit));
    }
    if (order) return !order.archived && this.isAbove(eye.unit, order.unit);
    return this.homesOf(subject).some(
      (home) => this.isAbove(eye.unit, home) || (!subject.startsWith('device:') && this.isAbove(home, eye.unit)),
    );
  }

  private homesOf(subject: string): readonly string[] {
    return this.homes.get(subject) ?? [];
  }

  /** The crew, and the devices that are with it, belong to another unit; the people on them are known there, too. */
  private move(subject: string, unit: string): void {
    const [from] = this.homesOf(subject);
    if (from === undefined || from === unit) return;
    this.homes.set(subject, [unit]);
    for (const [device, crew] of this.crewOfDevice) {
      if (`crew:${crew}` !== subject) continue;
      this.homes.set(device, [unit]);
      const person = `person:${this.personOfDevice.get(device) ?? ''}`;
      this.homes.set(person, [...this.homesOf(person), unit]);
    }
  }

  leaving(
    { kind, subject: about, data }: Line,
    subject: string,
    eye: Eye,
  ): { why: string; to: unknown; reason: unknown } {
    if (kind === 'recalled') return { why: 'recalled', to: null, reason: data['reason'] };
    if (kind === 'reassigned') return { why: 'reassigned', to: data['to'], reason: data['reason'] };
    if (kind === 'crewMoved') {
      const own = eye.form === 'tablet' && `crew:${this.crewOfDevice.get(`device:${eye.device}`) ?? ''}` === about;
      // What belonged to the unit its own crew was in stays behind; others see the crew go.
      return own
        ? { why: 'leftCrew', to: null, reason: null }
        : { why: 'reassigned', to: null, reason: data['reason'] };
    }
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
