import * as z from 'zod/mini';

import { Area, CustomerClass, Point } from '../event/parts.ts';
import { OrderId, UnitId } from '../ids.ts';
import { CALLER_FIELDS } from '../order/caller-keys.ts';
import { Instant } from '../time/clock-reading.ts';
import { CUSTOMER_COLUMNS, type CustomerColumn } from './customer-columns.ts';
import { Refused } from './import-fault.ts';
import { GRIDS } from './reference.ts';
import { ACTS, uploadLine } from './upload.ts';

const Column = z.optional(z.string().check(z.maxLength(200)));

/**
 * The first line of the body, as JSON; behind it the CSV file as it is. `unit`: whose customers these are; a column may say
 * which unit below it. `source`: under which name they are kept: whom the file no longer names goes from that unit and those
 * below. `columns`: which column says what; account and address have to be there.
 */
export const CustomersHead = z.object({
  act: z.enum(ACTS),
  unit: UnitId,
  source: z.string().check(z.minLength(1), z.maxLength(80)),
  grid: z.enum(GRIDS),
  columns: z.object({
    account: Column,
    name: Column,
    phone: Column,
    address: Column,
    area: Column,
    customerClass: Column,
    x: Column,
    y: Column,
    transformer: Column,
    feeder: Column,
    unit: Column,
  } satisfies { readonly [C in CustomerColumn]: typeof Column }),
});
export type CustomersHead = z.infer<typeof CustomersHead>;

/** The columns that are named. */
export const namedColumns = (
  columns: CustomersHead['columns'],
): readonly { readonly field: CustomerColumn; readonly column: string }[] =>
  CUSTOMER_COLUMNS.flatMap((field) => {
    const column = columns[field];
    return column === undefined || column === '' ? [] : [{ field, column }];
  });

/** read = created + changed + unchanged + refusedCount; `gone`: whom the file no longer names. */
const CustomersCounts = z.object({
  read: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  gone: z.int(),
  refusedCount: z.int(),
  refused: z.array(Refused),
});
export type CustomersCounts = z.infer<typeof CustomersCounts>;

/** Of one that broke off stays what was written until then, nobody was taken away, and the same file again does the rest. */
export const CustomersLine = uploadLine(CustomersCounts);
export type CustomersLine = z.infer<typeof CustomersLine>;

/** Who may be calling: whose `field` begins with what is typed. */
export const CallerQuery = z.object({
  field: z.enum(CALLER_FIELDS),
  text: z.string().check(z.minLength(1), z.maxLength(100)),
});
export type CallerQuery = z.infer<typeof CallerQuery>;

/** Somebody who may be calling, as known; null: not known. */
export const Caller = z.object({
  account: z.nullable(z.string()),
  name: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  address: z.string(),
  area: z.nullable(Area),
  customerClass: z.nullable(CustomerClass),
  point: z.nullable(Point),
  transformer: z.nullable(z.string()),
  feeder: z.nullable(z.string()),
  unit: UnitId,
});
export type Caller = z.infer<typeof Caller>;

/** Customers, and what earlier orders say of others; the newest first. */
export const CallerAnswer = z.object({
  customers: z.array(Caller),
  orders: z.array(z.object({ order: OrderId, reportedAt: Instant, caller: Caller })),
});
export type CallerAnswer = z.infer<typeof CallerAnswer>;
