import { type ImportFault, shortened } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { createZone, type Zone } from './zone.ts';

/** `e`: the uncertainty the text itself brings (an hour that comes twice), ms. */
export type StatedTime = { readonly at: number; readonly e: number };

/**
 * A time as files state it: `2021-01-26T08:06:25Z`, `2025-07-08 17:46:22`, `2025/7/8 17:46`, with or without an offset.
 * `zone` is for those without one.
 */
export function statedTime(text: string, zone: Zone | null): Result<StatedTime, ImportFault> {
  const value = shortened(text);
  const match = PATTERN.exec(text);
  if (!match) return err({ code: 'notTime', value });
  const [, year, , month, day, hour, minute, second = '0', fraction = '', offset] = match;
  const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const wall = Date.UTC(...parts, Number(fraction.padEnd(3, '0').slice(0, 3)));
  const back = new Date(wall);
  const real = back.getUTCFullYear() === parts[0] && back.getUTCMonth() === parts[1] && back.getUTCDate() === parts[2];
  if (!real || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return err({ code: 'noSuchTime', value });
  if (parts[0] < 1900) return err({ code: 'earlyYear', value, year: parts[0] });

  const where = offset === undefined ? zone : createZone(offset);
  if (!where) return err({ code: 'noZone', value });
  const [first, again] = where.instants(wall);
  if (first === undefined) return err({ code: 'skippedTime', value });
  return ok({ at: first, e: again === undefined ? 0 : again - first });
}

const PATTERN =
  /^(\d{1,4})([-/])(\d{1,2})\2(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d{2}:?\d{2})?$/;
