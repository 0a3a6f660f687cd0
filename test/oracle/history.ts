/** Milliseconds since 1970, UTC. */
export type Ms = number;

/** What is known of the time of one fact: it lies in lo..hi, most likely at est ± e. */
export type When = {
  readonly lo: Ms;
  readonly hi: Ms;
  readonly est: Ms;
  readonly e: Ms;
  readonly grade: 'A' | 'B' | 'C';
  readonly typed: boolean;
  /** A person accepted it: its estimate is the time, whatever else is said here. */
  readonly accepted?: boolean;
};

/** The levels a rule may switch off; escalations come from its steps. */
export type BaseLevel = 'soon' | 'contact' | 'missed';
export type Level = BaseLevel | 'escalated1' | 'escalated2' | 'escalated3';

/** One fact about the order, in log order. `known`: the server's time at which it came into the log. */
export type Fact = { readonly known: Ms } & (
  | { readonly kind: 'reported'; readonly when: When; readonly area: string }
  | { readonly kind: 'areaChanged'; readonly area: string }
  | { readonly kind: 'reopened'; readonly when: When }
  | { readonly kind: 'dispatched' | 'reassigned'; readonly crew: string; readonly when: When }
  | { readonly kind: 'recalled'; readonly when: When }
  // A stage reached: arrived, restored, accepted, submitted …, tapped on a tablet or reported by radio. The id is what
  // `timeAccepted` names.
  | {
      readonly kind: 'reached';
      readonly id?: string;
      readonly stage: string;
      readonly by: 'tablet' | 'radio';
      readonly when: When;
    }
  | { readonly kind: 'timeAccepted'; readonly fact: string }
  | { readonly kind: 'suspended'; readonly reason: string; readonly when: When }
  | { readonly kind: 'resumed'; readonly when: When }
  // Closed, cancelled, ended at intake or merged into another; `unmerged` takes a merge back.
  | { readonly kind: 'ended' }
  | { readonly kind: 'unmerged' }
  // Somebody has the alert: claimed (no `until`), or shelved until then.
  | {
      readonly kind: 'acknowledged';
      readonly rule: string;
      readonly level: Level;
      readonly epoch: number;
      readonly until?: Ms;
    }
);

export type Acknowledgement = Extract<Fact, { kind: 'acknowledged' }>;

/** At `learnedAt` (server time) the device was found to have been heard completely up to `heardUpTo`. */
export type Hearing = { readonly learnedAt: Ms; readonly heardUpTo: Ms };

export type Device = {
  readonly hearings: readonly Hearing[];
  /** Declared lost and found again, by server time. */
  readonly lost?: readonly { readonly from: Ms; readonly until?: Ms }[];
};

export type History = {
  readonly facts: readonly Fact[];
  /** The devices of each crew. A crew that is not named has none. */
  readonly crews: Readonly<Record<string, readonly Device[]>>;
  /** Rule packs put in force, in log order, beside the one that holds without any. */
  readonly activations?: readonly Activation[];
};

export type Activation = { readonly known: Ms; readonly from: Ms; readonly pack: Pack };

export type Rule = {
  readonly id: string;
  /** A ceiling never pauses. */
  readonly kind: 'target' | 'ceiling';
  /** `reported`, `dispatched` or the name of a stage. */
  readonly origin: string;
  readonly stop: string;
  /** By area class, with the customer class written into it if there is one. An area not named has no clock. */
  readonly limitMs: Readonly<Record<string, Ms>>;
  /** The share of the limit at which `soon` is due. */
  readonly warnShare: number;
  readonly pausedBy: readonly string[];
  /** So long after the limit a silent crew counts as missed without evidence. */
  readonly giveUpMs?: Ms;
  /** What it raises; all three if it does not say. */
  readonly levels?: readonly BaseLevel[];
  /** Up to three escalations, so long after the limit, growing. */
  readonly escalateMs?: readonly Ms[];
};

export type Pack = { readonly rules: readonly Rule[] };
