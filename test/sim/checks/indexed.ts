import type { LogLine } from '../../../server/store/log-pages.ts';
import { tapName, type History, type TapName } from '../history.ts';

/** A history with what several checkers look up in it. */
export type Indexed = History & {
  readonly last: IndexedLog;
  readonly indexed: readonly IndexedLog[];
  /** What lies in quarantine and was not released, by tap. */
  readonly held: ReadonlyMap<TapName, readonly string[]>;
};

export type IndexedLog = {
  readonly epoch: string;
  readonly lines: readonly LogLine[];
  readonly byId: ReadonlyMap<string, LogLine>;
  readonly byTap: ReadonlyMap<TapName, readonly LogLine[]>;
  readonly bySubject: ReadonlyMap<string, readonly LogLine[]>;
};

/** A promise that was broken: which, and how. */
export type Broken = { readonly check: string; readonly says: string };
export type Check = (history: Indexed) => readonly string[];

export const lineId = ({ event }: Pick<LogLine, 'event'>): string => `${event.writer}-${event.n}`;

export function indexHistory(history: History): Indexed {
  const indexed = history.logs.map(({ epoch, lines }) => ({
    epoch,
    lines,
    byId: new Map(lines.map((line) => [lineId(line), line])),
    byTap: Map.groupBy(lines, ({ event }) => tapName(event.clock)),
    bySubject: Map.groupBy(lines, ({ event }): string => event.subject),
  }));
  const last = indexed.at(-1);
  if (!last) throw new Error('a history without a log');
  const held = new Map<TapName, string[]>();
  for (const { raw, code, releasedQ } of history.quarantine) {
    const tap = releasedQ === null ? tapOf(raw) : null;
    if (tap) held.set(tap, [...(held.get(tap) ?? []), code]);
  }
  return { ...history, indexed, last, held };
}

function tapOf(raw: string): TapName | null {
  const item = JSON.parse(raw) as { event?: { clock?: { page: string; mono: number } } } | null;
  return item?.event?.clock ? tapName(item.event.clock) : null;
}

/** The history in which a position had this chain value, as far as that can be told. */
export const logWhere = (
  all: readonly IndexedLog[],
  at: { epoch: string; q: number; h: string },
): IndexedLog | undefined =>
  all.findLast(({ epoch, lines }) => epoch === at.epoch && (at.q === 0 || lines[at.q - 1]?.chain === at.h));
