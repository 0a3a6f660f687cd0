import { idOf } from '#shared/event/envelope.ts';
import type { OrderId } from '#shared/ids.ts';
import { ok, type Result } from '#shared/result.ts';

import type { Unanswered } from '../read/client-context.ts';
import type { ArchivedLog, Desk } from './desk-state.ts';

/** Asks for an order that is no part of the live work any more. */
export async function askArchived(
  { client }: Pick<Desk, 'client'>,
  id: OrderId,
): Promise<Result<ArchivedLog, Unanswered>> {
  const answer = await client.orderLog(id);
  if (!answer.ok) return answer;
  const safe = client.status.value.safe ?? 0;
  const events = answer.value.events.map((recorded) => ({
    recorded,
    id: idOf(recorded.event),
    custody: recorded.q <= safe ? ('settled' as const) : ('received' as const),
    own: false,
  }));
  return ok({ id, events });
}
