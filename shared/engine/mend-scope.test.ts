import { expect, test } from 'vitest';

import type { Subject } from '../ids.ts';
import type { Drop } from '../sync/protocol.ts';
import { mended } from './mend-scope.ts';
import type { SubjectRecord } from './ports.ts';

const ORDER = 'order:A7K-1' as Subject;
const TAKEN: Drop = { subject: ORDER, q: 7, why: 'recalled', to: null, by: null, reason: null };
const subjects = [{ subject: ORDER, events: [] }];
const dropOf = (before: SubjectRecord[], drops?: Drop[]) =>
  mended(new Map(before.map((one) => [one.subject, one])), { subjects, gone: [], ...(drops ? { drops } : {}) }).put[0]
    ?.drop;

test('I13 what is mended comes with the mark that it was taken away, also where it was not held at all', () => {
  expect(dropOf([], [TAKEN])).toEqual(TAKEN);
  expect(dropOf([{ ...subjects[0]!, drop: TAKEN }], [])).toBeNull();
  // An early server does not say.
  expect(dropOf([{ ...subjects[0]!, drop: TAKEN }])).toEqual(TAKEN);
  expect(dropOf([])).toBeNull();
});
