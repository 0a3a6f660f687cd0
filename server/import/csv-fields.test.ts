import { expect, test } from 'vitest';

import { fieldsOf } from './csv-fields.ts';

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['', ['']],
  [',', ['', '']],
  ['"a",b', ['a', 'b']],
  ['"a, b",c', ['a, b', 'c']],
  ['"say ""hi""",', ['say "hi"', '']],
  ['"",""', ['', '']],
  ['"two\nlines",x', ['two\nlines', 'x']],
  ['5" pipe,"x"', ['5" pipe', 'x']],
])('%j has the values %j', (record, values) => {
  expect(fieldsOf(record, ',')).toEqual({ ok: true, value: values });
});

test('text behind a closing quote is refused at its value', () => {
  expect(fieldsOf('a,"b"c,d', ',')).toEqual({ ok: false, error: { at: 1 } });
});
