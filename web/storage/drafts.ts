import { createDatabase } from './database.ts';

type Row = { readonly name: string; readonly text: string };

/** What is begun and not recorded yet; an empty text forgets it. */
export type DraftStorage = {
  read(name: string): string | null;
  keep(name: string, text: string): void;
  /** Fulfilled when everything kept so far would outlive the death of the tablet. */
  settled(): Promise<void>;
};

/**
 * Half-filled pages, in a database of their own: nothing that is recorded hangs on it. Fulfilled when all of it is at
 * hand; where nothing can be stored, it lasts as long as the page.
 */
export async function openDrafts(name: string): Promise<DraftStorage> {
  const db = createDatabase<{ drafts: Row }>(name, { drafts: 'name' });
  const rows = await db.read(['drafts'], (access) => access.all('drafts')).catch(() => []);
  const drafts = new Map(rows.map((row) => [row.name, row.text]));
  let writing = Promise.resolve();
  return {
    read: (draft) => drafts.get(draft) ?? null,
    keep(draft, text) {
      if (text === '') drafts.delete(draft);
      else drafts.set(draft, text);
      writing = writing
        .then(() =>
          db.write(['drafts'], async (access) => {
            if (text === '') await access.remove('drafts', draft);
            else await access.put('drafts', { name: draft, text });
          }),
        )
        // No room: what is typed stays on the screen, and recording it has a reserve of its own.
        .catch(() => undefined);
    },
    settled: () => writing,
  };
}
