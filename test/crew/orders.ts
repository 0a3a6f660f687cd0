import type { DataOf, Kind } from '#shared/event/catalog.ts';
import type { Reported } from '#shared/event/intake.ts';
import { asOrderId, eventId, orderSubject, type CrewId, type OrderId } from '#shared/ids.ts';

import { at, CREW_3, CREW_5, DISPATCHER, Story, UNIT, writer } from '../builders.ts';
import type { Held } from './fake-client.ts';

/** An order's story under its own id: `orderOf('A7K', '14:22').dispatched('14:24').field('accepted', '14:26')`. */
export class OrderStory extends Story {
  readonly id: OrderId;

  constructor(name: string) {
    super();
    this.id = asOrderId(eventId(writer(name), 1));
  }

  override record<K extends Kind>(
    kind: K,
    when: Parameters<Story['record']>[1],
    data: DataOf<K>,
    options: Parameters<Story['record']>[3] = {},
  ): this {
    const own = { writer: writer(this.id.slice(0, 3)), subject: orderSubject(this.id) };
    return super.record(kind, when, data, { ...own, ...options });
  }

  held(more: Partial<Held> = {}): Held {
    return { id: this.id, events: this.events, ...more };
  }
}

export const orderOf = (name: string, reportedAt: string, report: Partial<Reported> = {}): OrderStory =>
  new OrderStory(name).reported(reportedAt, { unit: UNIT, ...report });

/** How the server says that an order went to another crew, or back to the desk. */
export const takenBy = (id: OrderId, to: CrewId | null, reason: string): NonNullable<Held['drop']> => ({
  subject: orderSubject(id),
  q: 99,
  why: to ? 'reassigned' : 'recalled',
  to,
  by: DISPATCHER,
  reason,
});

/** A night's work: one order due soon, one running, one just given, one taken away, one finished. */
export function aNight(): readonly Held[] {
  const due = orderOf('A7K', '14:22', {
    address: '幸福路18号 2栋3单元门口',
    point: { lat: 25.0421, lon: 121.5312 },
    customer: { name: '张*', phone: '138 0591 2201', account: '*8841' },
    customers: 3,
    words: '全楼无电；闻到焦味',
    hazards: ['medical'],
  })
    .dispatched('14:24')
    .field('accepted', '14:27:05')
    .field('departed', '14:31:40');
  const running = orderOf('N3M', '14:43', {
    address: '北桥村12号',
    area: 'rural',
    point: { lat: 25.0553, lon: 121.5519 },
    customers: 1,
  })
    .dispatched('14:45')
    .field('accepted', '14:47');
  const given = orderOf('D5R', '14:51', {
    address: '水厂路7号门卫室旁变压器',
    area: 'remote',
    hazards: ['lineDown'],
  }).dispatched('14:53');
  const away = orderOf('C8T', '14:02', { address: '文庙西街3号' })
    .dispatched('14:04')
    .field('accepted', '14:06')
    .field('departed', '14:31:02')
    .reassigned('14:40', CREW_3, CREW_5, '5班更近；你们 38 分无消息');
  const finished = orderOf('P4X', '12:20', { address: '育才路6号' })
    .dispatched('12:22')
    .field('accepted', '12:23')
    .field('departed', '12:25')
    .field('arrived', '12:48')
    .record('restored', '13:30', { crew: CREW_3, extent: 'all' })
    .field('submitted', '13:40');
  return [
    running.held(),
    due.held(),
    given.held({ unread: true }),
    away.held({ drop: takenBy(away.id, CREW_5, '5班更近；你们 38 分无消息') }),
    finished.held(),
  ];
}

export const NIGHT = at('14:55');
