import { type DataOf, type Kind } from '../../shared/event/catalog.ts';
import type { Envelope } from '../../shared/event/envelope.ts';
import { asDeviceId } from '../../shared/ids.ts';
import { STATE_GRID } from '../../shared/sla/packs/state-grid.ts';
import { exactly } from '../../shared/time/event-time.ts';
import { START } from './harness.ts';
import type { RelationName, World } from './world.ts';

/** Valid data for every kind: only the right to record it is in question. */
export function samples(world: World, relation: RelationName): { readonly [K in Kind]: DataOf<K> } {
  const crew = world.codes.k1.crew;
  const other = world.codes.k2.crew;
  const foreign = relation === 'foreign' || relation === 'absent';
  const unit = foreign ? world.units.station2 : world.units.station1;
  const alert = world.orders.own;
  return {
    reported: { unit, address: 'a', area: 'urban', channel: 'desk' },
    amended: { area: 'rural', reason: 'r' },
    merged: { into: world.orders.own, reason: 'r' },
    unmerged: { reason: 'r' },
    endedAtIntake: { reason: 'arrears' },
    cancelled: { reason: 'r' },
    reopened: { reason: 'r' },
    contacted: { crew, reached: true },
    diagnosed: { crew, cause: 'c' },
    explained: { crew, why: 'w' },
    suspended: { crew, reason: 'weather' },
    resumed: { crew },
    etrSet: { etr: 1 },
    timeAccepted: { fact: alert, reason: 'r' },
    visited: { reached: true },
    tookOver: { device: asDeviceId(alert) },
    broughtByFile: { sum: '0'.repeat(64), madeAt: START, ranges: [] },
    deviceLost: { reason: 'r' },
    deviceFound: { reason: 'r' },
    rulePackActivated: { unit: world.units.centre, from: START + 1, pack: STATE_GRID },
    dispatched: { crew },
    recalled: { crew, reason: 'r' },
    reassigned: { from: crew, to: other, reason: 'r' },
    accepted: { crew },
    departed: { crew },
    arrived: { crew },
    restored: { crew, extent: 'all' },
    materialsUsed: { crew, items: [{ what: '熔丝', count: 1 }] },
    returned: { crew, reason: 'tooFar' },
    urged: { level: 'handler' },
    urgeAnswered: { crew, urge: alert, answer: 'tenMinutes' },
    shiftStarted: { people: ['p'], tablet: { position: true, orders: 1 } },
    signed: { crew, shown: [], width: 10, height: 10, strokes: [[1, 1]] },
    noted: { crew, text: 't' },
    submitted: { crew },
    closed: { outcome: 'restored' },
    archived: {},
    alertRaised: {
      rule: 'arrival',
      level: 'soon',
      epoch: 1,
      limit: 1,
      because: 'due',
      known: { heard: null, devices: [] },
    },
    redacted: { events: [{ id: alert, leaves: '0'.repeat(64) }], reason: 'asked' },
    alertAcknowledged: { alert, how: 'claimed' },
    alertWithdrawn: { alert, fact: alert, time: exactly(1) },
    alertClosedOut: { alert, because: 'arrived' },
    unitMade: { name: 'u', level: 'station', parent: null },
    crewMade: { name: 'c', unit },
    unitRenamed: { name: 'u' },
    crewRenamed: { name: 'c' },
    crewMoved: { unit: world.units.station2, reason: 'r' },
    personMade: { name: 'p', unit, role: 'admin' },
    deviceEnrolled: { writer: 'XXX' as Envelope['writer'], form: 'desk', unit, person: world.people.admin },
    writerRegistered: { writer: 'XXX22' as Envelope['writer'] },
    deviceBlocked: { reason: 'r' },
    joinedCrew: { crew: other },
    leftCrew: { crew },
  };
}
