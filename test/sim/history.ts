import type { CacheContents, CachePatch, Mark, OutboxRow, RowState } from '#shared/engine/ports.ts';
import type { Lost, OpenTap } from '#shared/engine/views.ts';
import type { Subject, WriterId } from '#shared/ids.ts';
import type { Cursor, SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import type { LogLine } from '../../server/store/log-pages.ts';

/**
 * What a run leaves behind, raw: what people were told, what went over the line, what was written to each disk, what the
 * server holds. Checkers know nothing else of it. Times are true time, ms.
 */
export type History = {
  readonly seed: number;
  /** An event with this in it kills the request that brings it, to the end. */
  readonly poison: string;
  /** From here on nothing disturbs any more. */
  readonly healedAt: number;
  readonly endedAt: number;
  readonly saved: readonly Saved[];
  readonly wire: readonly Exchange[];
  readonly machines: readonly MachineTrace[];
  /** Each history the server had, with its log as it stood at the end of it: a restore begins another one. */
  readonly logs: readonly ServerLog[];
  readonly quarantine: readonly Quarantined[];
  /** What the server wrote down as heard, each time it changed. */
  readonly heard: readonly Heard[];
  /** Order states as the server projected them, canonical text by subject. */
  readonly projected: ReadonlyMap<string, string>;
};

/** "Saved" was said. Page and mono reading are of the tap, and no two taps share them: they outlast any renaming. */
export type Saved = {
  readonly machine: number;
  readonly id: string;
  readonly hash: string;
  readonly tap: TapName;
  readonly kind: string;
  readonly subject: string;
  /** The first tap's moment, and when "saved" was said. */
  readonly at: number;
  readonly saidAt: number;
};
export type TapName = `${string}/${number}`;

/** `answer` null: none, or not ours. `delivered`: it reached the page that asked. `log`: which of the server's histories. */
export type Exchange = {
  readonly machine: number;
  readonly at: number;
  readonly log: number;
  readonly request: SyncRequest;
  readonly sentBytes: number;
  readonly status: number;
  readonly answer: SyncAnswer | null;
  readonly answeredBytes: number;
  delivered: boolean;
};

export type MachineTrace = {
  readonly machine: number;
  readonly form: 'tablet' | 'desk';
  readonly device: string;
  /** The machine it was copied from, if it was. */
  readonly cloneOf: number | null;
  readonly unit: string;
  readonly disk: readonly DiskStep[];
  /** What was lost, as its user was told. */
  readonly told: readonly Lost[];
  readonly rows: readonly OutboxRow[];
  readonly cache: CacheContents;
  /** Its orders as it shows them, canonical text by subject; only those that were not taken away. */
  readonly shown: ReadonlyMap<string, string>;
  readonly state: string;
};

/** One transaction of a disk, or what befell it. */
export type DiskStep = { readonly at: number } & (
  | { readonly is: 'begin'; readonly writer: WriterId; readonly registered: boolean; readonly goneAt?: number }
  | { readonly is: 'append'; readonly row: OutboxRow; readonly tap: string | null; readonly mark: Mark | null }
  | { readonly is: 'states'; readonly changes: readonly StateStep[] }
  | { readonly is: 'remove'; readonly rows: readonly { readonly writer: WriterId; readonly n: number }[] }
  | {
      readonly is: 'erase';
      readonly rows: readonly { readonly writer: WriterId; readonly n: number; readonly bytes: string }[];
    }
  | { readonly is: 'tap'; readonly tap: OpenTap; readonly mark: Mark | null }
  | { readonly is: 'dropTap'; readonly id: string }
  | { readonly is: 'mark'; readonly mark: Mark; readonly keep: number }
  | { readonly is: 'fence' }
  | { readonly is: 'apply'; readonly fence: number; readonly patch: CachePatch }
  | { readonly is: 'session'; readonly session: CacheContents['meta']['session'] }
  | { readonly is: 'read'; readonly subject: Subject; readonly q: number }
  | { readonly is: 'lostCache' }
  | { readonly is: 'lostAll'; readonly rows: readonly OutboxRow[]; readonly mirrorToo: boolean }
);
export type StateStep = { readonly writer: WriterId; readonly n: number; readonly state: RowState };

/** `lines` up to its end. `from`: the position of the backup it began with, in which history that was, and when. */
export type ServerLog = {
  readonly epoch: string;
  readonly from: { readonly log: number; readonly q: number; readonly at: number } | null;
  readonly lines: readonly LogLine[];
};

export type Quarantined = {
  readonly device: string;
  readonly writer: string | null;
  readonly n: number;
  readonly code: string;
  readonly raw: string;
  readonly releasedQ: number | null;
};

export type Heard = { readonly writer: string; readonly at: number; readonly upTo: number; readonly log: number };

export const tapName = ({ page, mono }: { page: string; mono: number }): TapName => `${page}/${mono}`;

/** Where a cursor stands: the end of its pull while one is under way. */
export const endOf = (cursor: Cursor): number => cursor.towards?.q ?? cursor.q;
