import { expect, test } from 'vitest';

import { recorded } from '../../test/builders.ts';
import { openConnection } from './connection.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
import { event } from './schema.ts';
import { WRITTEN, WrittenEvent, writtenText } from './written-event.ts';

const DOUBTS = [0, 1, 300_000, 2 ** 53, 1e300, 0.1, 1 / 3, 12_345.678_901_234_567];

test('an event that is put together by the database is the one that is put together here, digit for digit', () => {
  const { db, sqlite } = openConnection(':memory:');
  for (const [index, e] of DOUBTS.entries()) {
    const { event: made } = recorded('noted', '12:00', { crew: null, text: '断线处 "隔离"\n' }, { n: index + 1 });
    const stated = index % 2 === 0 ? ({ given: 'typed', why: 'typed' } as const) : {};
    const times = {
      rcv: 4_102_444_800_000,
      lo: -5,
      hi: 1_790_000_000_001,
      est: 1_790_000_000_000,
      e,
      grade: 'C',
    } as const;
    const place = { q: index + 1, hash: 'ab12'.repeat(16), chain: '0'.repeat(16) };
    db.insert(event)
      .values({ ...made, body: made, ...place, ...times, ...stated })
      .run();
  }
  const rows = db
    .select({ ...LOGGED, text: WRITTEN })
    .from(event)
    .all();
  expect(rows).toHaveLength(DOUBTS.length);
  for (const { text, ...row } of rows) {
    expect(new WrittenEvent(text).toJSON()).toEqual(loggedEvent(row));
    expect(JSON.parse(writtenText({ ...row, body: JSON.stringify(row.event) }))).toEqual(loggedEvent(row));
  }
  sqlite.close();
});
