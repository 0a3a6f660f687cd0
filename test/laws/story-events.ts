import type { DataOf, Kind } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';
import { asOrderId, eventId, orderSubject, type CrewId, type EventId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { exactly, type EventTime } from '#shared/time/event-time.ts';

import { CREW_3, CREW_5, ORDER, UNIT, writer } from '../builders.ts';
import type { When } from '../oracle/history.ts';
import type { Reach, Step, Story } from './oracle-stories.ts';

export const CREWS: readonly CrewId[] = [CREW_3, CREW_5, eventId(writer('CRW'), 7) as string as CrewId];

/** The next event of an order's log. */
export type Log = <K extends Kind>(kind: K, time: EventTime, data: DataOf<K>) => Recorded;

export function startLog(): Log {
  let n = 0;
  return (kind, time, data) => {
    n += 1;
    const clock = { wall: time.est, mono: 0, page: 'test' };
    const named = { writer: LOG_WRITER, n, subject: SUBJECT, kind, v: 1 };
    return { event: { ...named, data, by: null, seen: null, clock }, hash: HASH, q: n, rcv: time.est, time };
  };
}

const LOG_WRITER = writer('A7K');
const SUBJECT = orderSubject(ORDER);
const HASH = '0'.repeat(64);

export function writeReport(log: Log, { report }: Story): Recorded {
  const data = { unit: UNIT, address: '幸福路18号', area: report.area, channel: 'phone' } as const;
  const { class: customerClass } = report;
  return log('reported', timeOf(report.when), { ...data, ...(customerClass === 'important' ? { customerClass } : {}) });
}

/** What has come of the story so far. `ids`: the events of its named reaches. */
type SoFar = { readonly order: Order; readonly ids: Map<string, EventId> };

/** A step as the event it would have been. Null: a screen would not have offered it, there was nothing to act on. */
export function writeStep(log: Log, step: Step, { order, ids }: SoFar): Recorded | null {
  const now = exactly(step.at);
  switch (step.do) {
    case 'dispatch':
      return log('dispatched', timeOf(step.when), { crew: CREWS[step.crew]! });
    case 'reassign':
      return log('reassigned', timeOf(step.when), { from: order.crew!, to: CREWS[step.crew]!, reason: '更近' });
    case 'recall':
      return log('recalled', now, { crew: order.crew!, reason: '有误' });
    case 'close':
      return log('closed', now, { outcome: 'noFault' });
    case 'cancel':
      return log('cancelled', now, { reason: '客户撤回' });
    case 'endAtIntake':
      return log('endedAtIntake', now, { reason: 'arrears' });
    case 'merge':
      return log('merged', now, { into: OTHER_ORDER, reason: '同一故障' });
    case 'unmerge':
      return log('unmerged', now, { reason: '不是同一故障' });
    case 'reopen':
      return log('reopened', timeOf(step.when), { reason: '又停电' });
    case 'amend':
      return log('amended', now, { area: step.area, customerClass: step.class, reason: '核实' });
    case 'reach': {
      const event = reach(log, step);
      ids.set(step.id, eventId(event.event.writer, event.event.n));
      return event;
    }
    case 'acceptTime': {
      const fact = ids.get(step.of);
      return fact ? log('timeAccepted', now, { fact, reason: '电话核实' }) : null;
    }
    case 'suspend':
      return log('suspended', timeOf(step.when), { crew: CREW_3, reason: step.reason });
    case 'resume':
      return log('resumed', timeOf(step.when), { crew: CREW_3 });
    case 'acknowledge': {
      const { rule, level, epoch, until } = step;
      const alert = order.alerts.find((one) => one.rule === rule && one.level === level && one.epoch === epoch);
      if (!alert) return null;
      return log('alertAcknowledged', now, {
        alert: alert.id,
        how: 'claimed',
        ...(until === undefined ? {} : { until }),
      });
    }
  }
}

const OTHER_ORDER = asOrderId(eventId(writer('A7K'), 999));

function reach(log: Log, { stage, crew, when, radio, whole, id }: Reach): Recorded {
  const field = { crew: CREWS[crew]!, ...(radio ? { radio: true as const } : {}) };
  const time = timeOf(when);
  switch (stage) {
    case 'restored':
      return log(stage, time, { ...field, extent: whole ? 'all' : 'part' });
    case 'contacted':
      return log(stage, time, { ...field, reached: whole });
    case 'visited':
      return log(stage, time, { reached: whole });
    case 'etr':
      // Told by the desk, or by the crew with what it found.
      if (whole && id.endsWith('1')) return log('etrSet', time, { etr: when.est });
      return log('diagnosed', time, { ...field, cause: '断线', ...(whole ? { etr: when.est } : {}) });
    default:
      return whole ? log(stage, time, field) : log('noted', time, { ...field, text: '在路上' });
  }
}

function timeOf({ typed, lo, hi, est, e, grade }: When): EventTime {
  return { lo, hi, est, e, grade, ...(typed ? { given: 'typed' } : {}) };
}
