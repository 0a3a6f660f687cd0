import type { Draft } from '#shared/event/catalog.ts';
import type { Area, CustomerClass } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { typedPoint } from '../typed-point.ts';

export const HAZARDS = ['lineDown', 'injury', 'medical', 'fire', 'vip'] as const;
export type Hazard = (typeof HAZARDS)[number];
export const CHANNELS = ['phone', 'web', 'sms', 'platform', 'desk'] as const;

/** The form as typed. */
export type Intake = {
  readonly address: string;
  readonly area: Area;
  readonly customerClass: CustomerClass;
  readonly channel: (typeof CHANNELS)[number];
  readonly unit: UnitId;
  readonly words: string;
  readonly name: string;
  readonly phone: string;
  readonly account: string;
  readonly customers: string;
  readonly hazards: readonly Hazard[];
  readonly point: string;
  readonly transformer: string;
  readonly feeder: string;
};

export type IntakeError = 'addressMissing' | 'badPoint' | 'badCount';

export const emptyIntake = (unit: UnitId): Intake => ({
  address: '',
  area: 'urban',
  customerClass: 'ordinary',
  channel: 'phone',
  unit,
  words: '',
  name: '',
  phone: '',
  account: '',
  customers: '',
  hazards: [],
  point: '',
  transformer: '',
  feeder: '',
});

/** The report that the form says, or what is wrong with it. Only the address must be there. */
export function intakeDraft(form: Intake): Result<Draft<'reported'>, IntakeError> {
  const address = form.address.trim();
  if (address === '') return err('addressMissing');
  const point = form.point.trim() === '' ? null : typedPoint(form.point);
  if (form.point.trim() !== '' && point === null) return err('badPoint');
  const count = form.customers.trim();
  if (!/^\d{0,7}$/.test(count)) return err('badCount');
  const supply = given({ transformer: form.transformer, feeder: form.feeder });
  const customer = given({ name: form.name, phone: form.phone, account: form.account });
  return ok({
    kind: 'reported',
    data: {
      unit: form.unit,
      address,
      area: form.area,
      ...(form.customerClass === 'ordinary' ? {} : { customerClass: form.customerClass }),
      channel: form.channel,
      ...given({ words: form.words }),
      ...(Object.keys(customer).length > 0 ? { customer } : {}),
      ...(count === '' ? {} : { customers: Number(count) }),
      ...(form.hazards.length > 0 ? { hazards: [...form.hazards] } : {}),
      ...(point ? { point } : {}),
      ...(Object.keys(supply).length > 0 ? { supply } : {}),
    },
  });
}

/** What was filled in, trimmed. */
const given = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()] as const])),
  );
