import { createKnown, type Journal, type Known } from './known.ts';

/** The subjects of which something has entered the log from quarantine. */
export const knownLetIn = (journal: Journal): Known<true> =>
  createKnown(journal, async (ask, subjects) => {
    const rows = await ask<{ subject: string }>(
      'select distinct subject from quarantine where subject = any($1) and released_q is not null',
      subjects,
    );
    return rows.map(({ subject }) => [subject, true]);
  });
