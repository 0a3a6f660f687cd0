import { CHAIN_START, chainNext } from '#shared/canonical.ts';
import { understood } from '#shared/event/catalog.ts';
import { envelopeHash, idOf } from '#shared/event/envelope.ts';
import type { EventId } from '#shared/ids.ts';

import type { LogLine } from './log-pages.ts';

/** Something that is not as it was written. `q`: where in the log, null outside it. */
export type Damage = { readonly q: number | null; readonly what: string };

export type LogCheck = {
  /** The next events, in order. */
  readonly add: (lines: readonly LogLine[]) => void;
  /** Position and chain value reached. */
  readonly end: () => { readonly q: number; readonly chain: string };
  /** All has been read: what no redaction accounts for by now is told. Gives the same. */
  readonly close: () => { readonly q: number; readonly chain: string };
};

/**
 * Reads a log from its start: every position is there (I1), every text is what was hashed, or what a later event of the same
 * log says was left of it (I4), every hash is chained (I12).
 */
export function createLogCheck(damaged: (damage: Damage) => void): LogCheck {
  let q = 0;
  let chain = CHAIN_START;
  /** Texts that are not what was hashed, until a redaction names them. */
  const open = new Map<EventId, { readonly q: number; readonly subject: string; readonly leaves: string }>();

  const follow = ({ event, q: at, hash, text }: LogLine): void => {
    const found = envelopeHash(text);
    if (found !== hash) {
      open.set(idOf(event), { q: at, subject: event.subject, leaves: found });
      return;
    }
    const draft = understood(event);
    if (draft?.kind !== 'redacted') return;
    for (const { id, leaves } of draft.data.events) {
      const one = open.get(id);
      if (one?.subject === event.subject && one.leaves === leaves) open.delete(id);
    }
  };
  return {
    add: (lines) => {
      for (const line of lines) {
        if (line.q !== q + 1) damaged({ q: line.q, what: `follows position ${q}: positions are missing between` });
        follow(line);
        const expected = chainNext(chain, idOf(line.event), line.hash);
        if (line.chain !== expected) damaged({ q: line.q, what: 'its chain value does not follow' });
        q = line.q;
        // Going on from the stored value shows one break as one.
        chain = line.chain;
      }
    },
    end: () => ({ q, chain }),
    close: () => {
      for (const one of open.values()) damaged({ q: one.q, what: 'its text is not what was hashed' });
      open.clear();
      return { q, chain };
    },
  };
}
