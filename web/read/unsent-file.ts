import { tabletFileText } from '#shared/api/tablet-file.ts';

import { saveFile } from '../device/save-file.ts';
import type { Client } from './client-context.ts';

export type UnsentFile = { readonly name: string; readonly events: number };

/**
 * Saves what the centre has not got as a file that a desk can take in. All of it stays here, too. Rejects where the
 * storage cannot be read.
 */
export async function saveUnsent({
  tablet,
  session,
  now,
}: Pick<Client, 'tablet' | 'session' | 'now'>): Promise<UnsentFile> {
  const { writers, items, clock, marks } = await tablet.unsent();
  const { device = null, crew = null, person = null, unit = null } = session.value ?? {};
  const head = {
    madeAt: Math.round(now.value),
    device,
    crew: crew && { id: crew.id, name: crew.name },
    person: person && { id: person.id, name: person.name },
    unit: unit && { id: unit.id, name: unit.name },
    writers: [...writers],
    clock,
    marks,
  };
  const at = new Date(clock.wall).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  const name = `relight-${writers[0]?.writer ?? 'tablet'}-${at}.jsonl`;
  saveFile(name, tabletFileText(head, items));
  return { name, events: items.length };
}
