import type { Caller } from '#shared/api/customers.ts';

import { pointText } from '../typed-point.ts';
import type { Intake } from './intake-draft.ts';

/** What of the form a caller is known by. */
const KNOWN = [
  'address',
  'name',
  'phone',
  'account',
  'area',
  'customerClass',
  'point',
  'transformer',
  'feeder',
  'unit',
] as const satisfies readonly (keyof Intake)[];
export type KnownField = (typeof KNOWN)[number];

export type Typed = ReadonlySet<keyof Intake>;

/** `kept`: what the person had said otherwise, and still stands as said. `put`: what was filled in. */
export type Filled = {
  readonly form: Intake;
  readonly put: Partial<Intake>;
  readonly kept: Partial<Intake>;
};

type Filling = {
  readonly form: Intake;
  readonly empty: Intake;
  /** What the person said by hand. */
  readonly typed: Typed;
  readonly caller: Caller;
  /** In which field the caller was chosen: what was typed there was the beginning of this. */
  readonly field: KnownField;
};

/** Fills in what is known of a caller, but for what was said by hand; what an earlier choice had filled in gives way. */
export function fillFromCaller({ form, empty, typed, caller, field }: Filling): Filled {
  const known = knownOf(caller);
  const byHand = (one: KnownField): boolean => one !== field && typed.has(one);
  const fresh = pick(
    KNOWN.filter((one) => !byHand(one) && one !== field),
    empty,
  );
  const put = pick(
    KNOWN.filter((one) => known[one] !== undefined && !byHand(one)),
    known,
  );
  const kept = pick(
    KNOWN.filter((one) => known[one] !== undefined && byHand(one) && known[one] !== form[one]),
    known,
  );
  return { form: { ...form, ...fresh, ...put }, put, kept };
}

/** The form as it was before, but for what has been changed by hand since. */
export function takeBack(form: Intake, { put }: Pick<Filled, 'put'>, before: Intake): Intake {
  return {
    ...form,
    ...pick(
      KNOWN.filter((one) => put[one] !== undefined && form[one] === put[one]),
      before,
    ),
  };
}

function knownOf(caller: Caller): Partial<Intake> {
  const { account, name, phone, address, area, customerClass, point, transformer, feeder, unit } = caller;
  const all = {
    account,
    name,
    phone,
    address,
    area,
    customerClass,
    point: point && pointText(point),
    transformer,
    feeder,
    unit,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

const pick = (fields: readonly KnownField[], from: Partial<Intake>): Partial<Intake> =>
  Object.fromEntries(fields.map((field) => [field, from[field]]));
