import type { CustomerColumn } from '#shared/api/customer-columns.ts';
import { type CustomersHead, namedColumns } from '#shared/api/customers.ts';
import { type ImportFault, type Refused, shortened } from '#shared/api/import-fault.ts';
import type { Area, CustomerClass, Point } from '#shared/event/parts.ts';
import type { CallerSaid } from '#shared/order/caller-of.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { csvRows } from './csv-rows.ts';
import { pairOf, project, type Grid } from './grid.ts';

/** A customer as a row states it; null: the row does not say. `unit`: its unit's name. */
export type ImportedCustomer = Omit<CallerSaid, 'account' | 'unit'> & {
  readonly account: string;
  readonly unit: string | null;
};

/** One row: a customer, or why not. `account`: of whom the row speaks, where that can be read. */
export type ReadCustomer = { readonly line: number; readonly account: string } & (
  | { readonly customer: ImportedCustomer; readonly refused: null }
  | { readonly customer: null; readonly refused: Refused }
);

export type CustomersAsked = { readonly columns: CustomersHead['columns']; readonly grid: Grid };

/** The rows of a CSV file as they stream in (`csvRows`). One bad value refuses its row, by line, column and reason. */
export async function* readCustomers(
  chunks: AsyncIterable<Buffer>,
  { columns, grid }: CustomersAsked,
): AsyncGenerator<Result<readonly ReadCustomer[], Refused>, void> {
  const customerOf = createReader(columns, grid);
  const account = columns.account ?? '';
  for await (const rows of csvRows(chunks, { columns: namedColumns(columns) })) {
    if (!rows.ok) {
      yield rows;
      continue;
    }
    yield ok(
      rows.value.map(({ line, value, broken }): ReadCustomer => {
        if (!value) return { line, account: '', customer: null, refused: { line, column: null, why: broken } };
        const known = { line, account: value(account).trim() };
        const read = customerOf(value);
        return read.ok
          ? { ...known, customer: read.value, refused: null }
          : { ...known, customer: null, refused: { line, ...read.error } };
      }),
    );
  }
}

type Complaint = Omit<Refused, 'line'>;

const LONGEST = { account: 40, name: 80, phone: 40, address: 300, transformer: 80, feeder: 80, unit: 80 } as const;

/** Of a customer what no order may lack is asked for; the rest may be empty. */
function createReader(columns: CustomersHead['columns'], grid: Grid) {
  const toDegrees = project(grid);
  return (raw: (column: string) => string): Result<ImportedCustomer, Complaint> => {
    const complaints: Complaint[] = [];
    const complain = (field: CustomerColumn, why: ImportFault): null => {
      complaints.push({ column: columns[field] ?? '', why });
      return null;
    };
    const value = (field: CustomerColumn): string => {
      const column = columns[field];
      return column === undefined || column === '' ? '' : raw(column).trim();
    };
    const said = (field: keyof typeof LONGEST): string | null => {
      const text = value(field);
      if (text.length > LONGEST[field]) return complain(field, { code: 'tooLong', most: LONGEST[field] });
      if (text.includes('\0')) return complain(field, { code: 'holdsNul' });
      return text === '' ? null : text;
    };
    const oneOf = <T extends string>(field: CustomerColumn, words: Words<T>): T | null => {
      const text = value(field);
      if (text === '') return null;
      const known = words.get(text.toLowerCase());
      return known ?? complain(field, { code: 'noneOf', value: shortened(text), words: [...words.keys()] });
    };
    const place = (): Point | null => {
      const [x, y] = [value('x'), value('y')];
      if (x === '' && y === '') return null;
      const pair = pairOf(x, y);
      if (!pair.ok) return complain(pair.error.at, pair.error.why);
      const point = toDegrees(...pair.value);
      if (!point.ok) return complain('x', point.error);
      if (point.value.lat === 0 && point.value.lon === 0) return complain('x', { code: 'zeroPosition' });
      return point.value;
    };

    const customer = {
      account: said('account') ?? '',
      name: said('name'),
      phone: said('phone'),
      address: said('address') ?? '',
      area: oneOf('area', AREA_WORDS),
      customerClass: oneOf('customerClass', CLASS_WORDS),
      point: place(),
      transformer: said('transformer'),
      feeder: said('feeder'),
      unit: said('unit'),
    };
    if (complaints.length === 0 && customer.account === '') complain('account', { code: 'accountEmpty' });
    if (complaints.length === 0 && customer.address === '') complain('address', { code: 'addressEmpty' });
    const [first] = complaints;
    return first ? err(first) : ok(customer);
  };
}

type Words<T> = ReadonlyMap<string, T>;

/** As companies write them. */
const AREA_WORDS: Words<Area> = new Map([
  ...['urban', 'city', 'town', '城市', '城区', '城镇', '市区'].map((word) => [word, 'urban'] as const),
  ...['rural', 'country', 'village', '农村', '乡村', '農村', '鄉村'].map((word) => [word, 'rural'] as const),
  ...['remote', '边远', '偏远', '特殊边远', '特殊边远地区', '偏遠'].map((word) => [word, 'remote'] as const),
]);

const CLASS_WORDS: Words<CustomerClass> = new Map([
  ...['ordinary', 'normal', '普通', '一般', '普通客户', '普通用户'].map((word) => [word, 'ordinary'] as const),
  ...['important', 'vip', '重要', '重要客户', '重要用户'].map((word) => [word, 'important'] as const),
]);
