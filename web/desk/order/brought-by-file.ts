import type { Envelope } from '#shared/event/envelope.ts';

import type { Organisation } from '../../read/client-context.ts';

/** Who brought an event of a tablet in a file, and when (server time, ms); null: it came by itself. */
export function broughtByFile(
  { writer, n }: Pick<Envelope, 'writer' | 'n'>,
  org: Pick<Organisation, 'devices' | 'persons'>,
): { readonly by: string | null; readonly at: number } | null {
  for (const { brought } of org.devices.values()) {
    const range = brought?.find((one) => one.writer === writer && one.from <= n && n <= one.to);
    if (range) return { by: range.by && (org.persons.get(range.by)?.name ?? range.by), at: range.at };
  }
  return null;
}
