import * as z from 'zod';

import { parseMapping, type Mapping } from '../../server/import/mapping.ts';
import { refusalText } from '../../server/import/refusal-text.ts';

/** What a line of the stream says of its order. `opened` also opens again what had ended. */
const told = z.enum(['opened', 'ended', 'nothing']);

const StreamFile = z.strictObject({
  /** Field with the time at which the source told it, and field with what it told. */
  at: z.string().min(1),
  op: z.string().min(1),
  ops: z.record(z.string(), told),
  /** Fields that hold seconds since 1970. */
  unixSeconds: z.array(z.string().min(1)).default([]),
  /** How a line becomes an order: an import mapping, with fields for columns. */
  order: z.record(z.string(), z.unknown()),
});

export type StreamMapping = Omit<z.infer<typeof StreamFile>, 'order'> & { readonly order: Mapping };

/** Throws with what is wrong, for the person who wrote the file. */
export function parseStreamMapping(text: string): StreamMapping {
  const stream = StreamFile.parse(JSON.parse(text));
  const order = parseMapping(JSON.stringify(stream.order));
  if (!order.ok) throw new Error(`the mapping's order: ${order.error.map(refusalText).join('; ')}`);
  return { ...stream, order: order.value };
}
