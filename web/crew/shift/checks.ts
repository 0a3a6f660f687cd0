import type { ShiftStarted } from '#shared/event/organisation.ts';

import type { Fix, Power, SyncStatus } from '../../read/client-context.ts';
import type { PageWords } from '../page-words.ts';

/** One line of the check: what was found, and what to do about it where that is not as it should be. */
export type Check = { readonly id: string; readonly ok: boolean; readonly text: string; readonly todo?: string };

export type Found = {
  readonly secure: boolean;
  readonly power: Power | null;
  readonly status: SyncStatus;
  readonly here: Fix | null;
  /** The tablet's own clock minus server time, ms; null: the centre has never told the time. */
  readonly clockOffMs: number | null;
  readonly orders: number;
};

const LOW_BATTERY = 0.4;
const LOW_SPACE_BYTES = 500_000_000;
const CLOCK_OFF_MS = 30_000;

/** What a tablet must have for a day without signal. A warning stops nobody. */
export function checksOf(found: Found, { t, p, f }: PageWords): readonly Check[] {
  const { power } = found;
  const { storage, persisted, lastSuccessAt } = found.status;
  const free = storage ? storage.quotaBytes - storage.usedBytes : null;
  const off = found.clockOffMs === null ? null : Math.abs(found.clockOffMs);
  return [
    line('orders', lastSuccessAt !== null, p('shift.orders', { n: found.orders }), p('shift.ordersTodo')),
    line(
      'clock',
      off !== null && off <= CLOCK_OFF_MS,
      off === null ? p('shift.clockUnknown') : p('shift.clock', { off: f.apart(off) }),
      p('shift.clockTodo'),
    ),
    line(
      'position',
      found.here !== null,
      found.here ? p('shift.position', { error: f.distance(found.here.acc ?? 0) }) : p('shift.noPosition'),
      p('shift.positionTodo'),
    ),
    ...(power
      ? [
          line(
            'battery',
            power.charging || power.level >= LOW_BATTERY,
            p(power.charging ? 'shift.charging' : 'shift.battery', { n: Math.round(power.level * 100) }),
            p('shift.batteryTodo'),
          ),
        ]
      : []),
    line(
      'space',
      free === null || free >= LOW_SPACE_BYTES,
      free === null ? p('outbox.spaceUnknown') : p('shift.space', { free: f.size(free) }),
      p('shift.spaceTodo'),
    ),
    line(
      'kept',
      persisted !== false,
      persisted === false ? p('outbox.notPersisted') : p('outbox.persisted'),
      p('shift.keptTodo'),
    ),
    ...(found.secure ? [] : [line('secure', false, t('strip.notSecure'), p('shift.secureTodo'))]),
  ];
}

/** The same as data, for the desk. */
export function tabletFound({ power, status, here, clockOffMs, orders }: Found): ShiftStarted['tablet'] {
  const { storage, persisted } = status;
  return {
    ...(power ? { battery: power.level, charging: power.charging } : {}),
    ...(storage ? { freeBytes: Math.max(0, Math.round(storage.quotaBytes - storage.usedBytes)) } : {}),
    ...(persisted === null ? {} : { kept: persisted }),
    ...(clockOffMs === null ? {} : { clockOffMs: Math.round(clockOffMs) }),
    position: here !== null,
    orders,
  };
}

const line = (id: string, ok: boolean, text: string, todo: string): Check =>
  ok ? { id, ok, text } : { id, ok, text, todo };
