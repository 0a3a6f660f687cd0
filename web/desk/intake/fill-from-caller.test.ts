import { expect, test } from 'vitest';

import type { Caller } from '#shared/api/customers.ts';

import { UNIT } from '../../../test/builders.ts';
import { fillFromCaller, takeBack } from './fill-from-caller.ts';
import { emptyIntake, type Intake } from './intake-draft.ts';

const empty = emptyIntake(UNIT);
const zhang: Caller = {
  account: '4101000037',
  name: '张建国',
  phone: '13800138000',
  address: '幸福路18号',
  area: 'rural',
  customerClass: 'important',
  point: { lat: 24.5, lon: 118.1 },
  transformer: '幸福路2号台区',
  feeder: '10kV幸福线',
  unit: UNIT,
};
const li: Caller = { ...zhang, account: '4101000074', name: '李明', phone: null, point: null, transformer: null };
const filled = (form: Partial<Intake>, typed: (keyof Intake)[], caller = zhang) =>
  fillFromCaller({ form: { ...empty, ...form }, empty, typed: new Set(typed), caller, field: 'address' });

test('what is known fills what nobody has said; the field typed in becomes what was chosen', () => {
  const { form, kept } = filled({ address: '幸福' }, ['address']);
  expect(form).toMatchObject({
    address: '幸福路18号',
    name: '张建国',
    area: 'rural',
    customerClass: 'important',
    point: '24.50000, 118.10000',
    transformer: '幸福路2号台区',
  });
  expect(kept).toEqual({});
});

test('what the person said otherwise stays, and is offered', () => {
  const { form, kept } = filled({ address: '幸福', phone: '139', words: '没电' }, ['address', 'phone', 'words']);
  expect(form).toMatchObject({ phone: '139', words: '没电', name: '张建国' });
  expect(kept).toEqual({ phone: '13800138000' });
});

test('nothing of one caller is left when another is chosen', () => {
  const first = filled({ address: '幸福' }, ['address']);
  const { form } = filled({ ...first.form, address: '幸福路' }, ['address'], li);
  expect(form).toMatchObject({ name: '李明', phone: '', point: '', transformer: '' });
});

test('the way back leaves what was said since', () => {
  const before = { ...empty, address: '幸福' };
  const done = filled(before, ['address']);
  const since = { ...done.form, name: '张太太', words: '冒烟' };
  expect(takeBack(since, done, before)).toEqual({ ...before, name: '张太太', words: '冒烟' });
});
