import { expect, test } from 'vitest';

import { parseMapping } from '../../../server/import/mapping.ts';
import { guessColumns, mappingText } from './guess-mapping.ts';

test('columns are known by their usual names, in Chinese and English; what is missing is left out', () => {
  expect(guessColumns(['工单号', '地址', '报修时间', '其他'])).toEqual({
    key: '工单号',
    address: '地址',
    reported: '报修时间',
  });
  expect(guessColumns(['ID', 'Address', 'Reported_At', 'lat', 'lon'])).toMatchObject({ key: 'ID', lat: 'lat' });
});

test('the mapping that is written is one the server reads', () => {
  const columns = guessColumns(['no', 'where', 'at', 'out', 'lat', 'lon', 'restored_at']);
  const read = parseMapping(mappingText({ columns, system: 'old', zone: 'Asia/Shanghai', area: 'urban' }));
  expect(read).toMatchObject({ ok: true, value: { key: 'no', times: { restored: ['restored_at'] } } });
});

test('a column that is not chosen is named by the server as missing', () => {
  const read = parseMapping(mappingText({ columns: { key: 'no' }, system: 'old', zone: 'UTC', area: 'urban' }));
  expect(read.ok).toBe(false);
});
