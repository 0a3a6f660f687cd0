import { idOf } from '#shared/event/envelope.ts';
import { REDACTION_REASONS } from '#shared/event/redaction.ts';
import { asOrderId, EventId, orderSubject } from '#shared/ids.ts';
import { erased } from '#shared/order/erase.ts';
import { err, ok } from '#shared/result.ts';

import { failed, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const redactVerb: Verb = {
  usage: 'ORDER [EVENT…] --reason WHY [--yes]',
  help: [
    'Erases what people typed or signed about an order: names, phones, words, notes, signatures; without EVENT in all its',
    'events, also of an archived order. Times, places, crews and codes stay, and so do hashes and chain: `verify` and',
    'backups still find whatever else was changed. Tablets and desks drop the texts when they next sync.',
    `WHY    ${REDACTION_REASONS.join(', ')}: the customer asked; it is not needed any more; it came in by mistake; an authority ordered it`,
    '--yes  does it; without it, says what would go. There is no way back.',
    'Copies made before keep the texts until they are thrown away; the newest fourteen stay.',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, { reason: { type: 'string' }, yes: { type: 'boolean', default: false } });
    if (!options.ok) return Promise.resolve(options);
    const [first, ...rest] = options.value.positionals;
    const ids = [first ?? '', ...rest].map((id) => EventId.safeParse(id));
    const bad = ids.findIndex(({ success }) => !success);
    if (bad >= 0) return Promise.resolve(err(wrong([first, ...rest][bad] ?? 'ORDER', 'is not an id such as A7K-12')));
    const [order, ...events] = ids.flatMap((id) => (id.success ? [id.data] : []));
    const reason = REDACTION_REASONS.find((one) => one === options.value.values.reason);
    if (order === undefined || reason === undefined)
      return Promise.resolve(err(wrong('--reason', `say one of ${REDACTION_REASONS.join(', ')}`)));

    return withStore(terminal, async ({ log, pages }) => {
      const lines = await pages.page(0, MOST, orderSubject(asOrderId(order)));
      if (lines.length === 0) return err(failed(order, 'there is no such order'));
      const known = new Set(lines.map(({ event }) => idOf(event)));
      const stranger = events.find((id) => !known.has(id));
      if (stranger !== undefined) return err(failed(stranger, `is no event of ${order}`));
      const wanted = events.length > 0 ? events : null;
      if (!options.value.values.yes) {
        const would = lines
          .filter(({ event }) => (wanted?.includes(idOf(event)) ?? true) && erased(event) !== null)
          .map(({ event }) => ({ id: idOf(event), kind: event.kind }));
        await terminal.result({ would }, [
          ...would.map(({ id, kind }) => `${id} ${kind}`),
          `${would.length} events would lose what people typed or signed; --yes does it.`,
        ]);
        return ok(0);
      }
      const gone = await log.redact({ order: asOrderId(order), events: wanted, reason, by: null });
      await terminal.result({ erased: gone }, [`${gone.length} events lost what people typed or signed.`]);
      return ok(0);
    });
  },
};

const MOST = 10_000;
