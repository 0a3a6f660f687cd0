import { expect, test } from 'vitest';

import { Envelope, envelopeHash, envelopeText } from '../event/envelope.ts';
import type { WriterId } from '../ids.ts';
import { createMemoryOutbox } from './memory-storage.ts';
import { createOutbox } from './outbox.ts';
import type { OutboxRow } from './ports.ts';
import { restamp } from './restamp.ts';
import { reoffered } from './retention.ts';
import { ackedStates } from './verdicts.ts';

test.each([
  { ack: { is: 'ok', n: 1, q: 7 }, lay: { epoch: 'e1', q: 7 } },
  { ack: { is: 'held', n: 1, code: 'notAllowed', ref: 'H1' }, lay: undefined },
] as const)(
  'I3, I12 what had another name tells a restored server so, also after it was $ack.is',
  async ({ ack, lay }) => {
    const outbox = createOutbox(createMemoryOutbox());
    await outbox.begin('A7K' as WriterId, true);
    await outbox.append((n, writer) => aRow(n, writer), null);
    const was = outbox.all()[0]?.row.hash;
    await outbox.begin('A7KQ2' as WriterId, true);
    await restamp(outbox, outbox.all());
    const answer = { acks: [ack], epoch: 'e1' } as unknown as Parameters<typeof ackedStates>[0];
    await outbox.setStates(ackedStates(answer, outbox.all(), 'A7KQ2' as WriterId));
    expect(outbox.all().map(({ row }) => row.state.is)).toEqual([ack.is === 'ok' ? 'received' : 'held']);
    const state = { is: 'waiting', tries: 0, was, ...(lay ? { lay } : {}) };
    expect(reoffered(outbox, 'e2', 'e1')).toEqual([{ writer: 'A7KQ2', n: 1, state }]);
  },
);

function aRow(n: number, writer: WriterId): OutboxRow {
  const bytes = envelopeText(
    Envelope.parse({
      writer,
      n,
      subject: 'order:A9C-1',
      kind: 'noted',
      v: 1,
      data: { text: 'x' },
      by: null,
      seen: null,
      clock: { wall: 0, mono: 0, page: 'p' },
    }),
  );
  return { writer, n, bytes, hash: envelopeHash(bytes), keyId: null, author: null, state: { is: 'waiting', tries: 0 } };
}
