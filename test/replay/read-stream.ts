import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import * as z from 'zod';

import { createRowReader, type ImportedOrder } from '../../server/import/read-row.ts';
import { reasonText } from '../../server/import/refusal-text.ts';
import { statedTime } from '../../server/import/stated-time.ts';
import { createZone } from '../../server/import/zone.ts';
import type { StreamMapping } from './mapping.ts';

/** One line of the stream. `at`: when the source told it, ms. */
export type Told =
  | { readonly is: 'opened'; readonly at: number; readonly order: ImportedOrder }
  | { readonly is: 'ended'; readonly at: number; readonly key: string };

const Line = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** The lines that open or end an order, as they stream in. A line that cannot be read stops everything, by its number. */
export async function* readStream(file: string, mapping: StreamMapping): AsyncGenerator<Told, void> {
  const rowOf = createRowReader(mapping.order);
  const zone = mapping.order.zone === undefined ? null : createZone(mapping.order.zone);
  const bytes = file.endsWith('.gz') ? createReadStream(file).pipe(createGunzip()) : createReadStream(file);
  let number = 0;
  for await (const text of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    const line = Line.parse(JSON.parse(text));
    const field = (name: string): string => {
      const value = line[name] ?? '';
      return value !== '' && mapping.unixSeconds.includes(name)
        ? new Date(Number(value) * 1_000).toISOString()
        : String(value);
    };
    const is = mapping.ops[field(mapping.op)];
    if (is === undefined) throw new Error(`line ${number}: the mapping does not say what “${field(mapping.op)}” is`);
    if (is === 'nothing') continue;
    const at = statedTime(field(mapping.at), zone);
    if (!at.ok) throw new Error(`line ${number}: ${reasonText(at.error)}`);
    if (is === 'ended') {
      yield { is, at: at.value.at, key: field(mapping.order.key) };
      continue;
    }
    const row = rowOf(field, Number.POSITIVE_INFINITY);
    if (!row.ok) throw new Error(`line ${number}: ${row.error.column ?? ''} ${reasonText(row.error.why)}`);
    const { reported } = row.value.times;
    // Told before it is said to have begun: the source's clock was wrong, ours was not.
    const times = { ...row.value.times, reported: { ...reported, at: Math.min(reported.at, at.value.at) } };
    yield { is, at: at.value.at, order: { ...row.value, times } };
  }
}
