import { expect, test } from 'vitest';

import type { Envelope, LoggedEvent } from '../event/envelope.ts';
import type { Subject, WriterId } from '../ids.ts';
import { erased as erase } from '../order/erase.ts';
import { exactly } from '../time/event-time.ts';
import { applyPage } from './apply-page.ts';
import type { SubjectRecord } from './ports.ts';

const ORDER = 'order:A7K-1' as Subject;

const reported = (q: number, address: string): LoggedEvent => {
  const clock = { wall: 1, mono: 1, page: 'p1' };
  const data = { unit: 'A7K-3', address, area: 'urban', channel: 'phone' };
  const event = { writer: 'A7K' as WriterId, n: 1, subject: ORDER, kind: 'reported', v: 1, data, by: null, clock };
  return { event: { ...event, seen: null } satisfies Envelope, hash: 'h1', q, rcv: 1, time: exactly(1) };
};

test('I4 what is kept for its unsent work loses its texts, also where it is of a history from before a restore', () => {
  const drop = { subject: ORDER, q: 44, why: 'recalled', to: null, by: null, reason: '王小明' } as const;
  const record: SubjectRecord = { subject: ORDER, events: [reported(43, '王小明家')], drop };
  const place = { epoch: 'e2', scope: 's', h: 'h', more: null } as const;
  const erased = [reported(52, '—')];
  const step = applyPage(
    { ...place, from: 0, to: 60, reset: true, subjects: [], drops: [], erased },
    {
      cursor: { epoch: 'e1', scope: 's', q: 50, h: 'h' },
      staging: false,
      records: new Map([[ORDER, record]]),
      staged: new Map(),
      unsent: () => true,
    },
  );
  expect(step).toMatchObject({ clear: true, erased: [ORDER] });
  expect(step.put).toMatchObject([{ events: [{ q: 43, hash: 'h1' }], drop: { reason: null } }]);
  expect(JSON.stringify(step)).not.toContain('王小明');
});

test('I4 of an order kept for its unsent work nothing stays that a redaction would have to find', () => {
  const report = reported(43, '幸福路1号');
  const personal = { customer: { name: '王小明', phone: '13800000000' }, words: '家里有老人' };
  const whole = { ...report, event: { ...report.event, data: { ...report.event.data, ...personal } } };
  const note = {
    ...report,
    q: 44,
    event: { ...report.event, n: 2, kind: 'noted', data: { crew: null, text: '王小明' } },
  };
  expect(erase(whole.event)).not.toBeNull();
  const step = applyPage(
    { epoch: 'e1', scope: 't', h: 'h', from: 0, to: 60, reset: true, subjects: [], drops: [], more: null },
    {
      cursor: { epoch: 'e1', scope: 's', q: 50, h: 'h' },
      staging: false,
      records: new Map([[ORDER, { subject: ORDER, events: [whole, note], drop: null }]]),
      staged: new Map(),
      unsent: () => true,
    },
  );
  const kept = step.put.flatMap(({ events }) => events);
  expect(kept).toMatchObject([{ event: { kind: 'reported', data: { address: '幸福路1号' } } }]);
  expect(kept.map(({ event }) => erase(event))).toEqual([null]);
});
