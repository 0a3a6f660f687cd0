import { expect, test } from 'vitest';

import { UNIT } from '../../../test/builders.ts';
import { emptyIntake, type Intake, intakeDraft } from './intake-draft.ts';

const form = (change: Partial<Intake>): Intake => ({ ...emptyIntake(UNIT), address: '幸福路18号', ...change });

test('a report needs nothing but an address, and holds nothing that was not said', () => {
  const data = { unit: UNIT, address: '幸福路18号', area: 'urban', channel: 'phone' };
  expect(intakeDraft(form({}))).toEqual({ ok: true, value: { kind: 'reported', data } });
  expect(intakeDraft(form({ address: '  ' }))).toEqual({ ok: false, error: 'addressMissing' });
});

test('everything said is kept, trimmed', () => {
  const draft = intakeDraft(
    form({
      name: ' 张* ',
      customers: '31',
      words: ' 整村没电 ',
      hazards: ['medical'],
      point: '24.5, 118.1',
      customerClass: 'important',
      transformer: ' 幸福路2号台区 ',
    }),
  );
  expect(draft).toMatchObject({
    value: {
      data: {
        customer: { name: '张*' },
        customers: 31,
        words: '整村没电',
        hazards: ['medical'],
        customerClass: 'important',
        supply: { transformer: '幸福路2号台区' },
        point: { lat: 24.5, lon: 118.1 },
      },
    },
  });
});

test('what cannot be read is asked again, never guessed', () => {
  expect(intakeDraft(form({ point: 'somewhere' }))).toEqual({ ok: false, error: 'badPoint' });
  expect(intakeDraft(form({ customers: '三户' }))).toEqual({ ok: false, error: 'badCount' });
});
