import type * as z from 'zod/mini';

import type { SubjectType } from '../ids.ts';
import { AlertAcknowledged, AlertClosedOut, AlertRaised, AlertWithdrawn } from './alert.ts';
import { Archived, Closed, EtrSet, TimeAccepted, Visited } from './closing.ts';
import { Accepted, Dispatched, Reassigned, Recalled, Urged } from './dispatch.ts';
import type { Envelope } from './envelope.ts';
import { Signed } from './evidence.ts';
import {
  Arrived,
  Contacted,
  Departed,
  Diagnosed,
  Explained,
  MaterialsUsed,
  Noted,
  Restored,
  Resumed,
  Returned,
  Submitted,
  Suspended,
  UrgeAnswered,
} from './field.ts';
import { Amended, Cancelled, EndedAtIntake, Merged, Reopened, Reported, Unmerged } from './intake.ts';
import {
  BroughtByFile,
  CrewMade,
  CrewMoved,
  DeviceBlocked,
  DeviceEnrolled,
  DeviceFound,
  DeviceLost,
  JoinedCrew,
  LeftCrew,
  PersonMade,
  Renamed,
  ShiftStarted,
  TookOver,
  UnitMade,
  WriterRegistered,
} from './organisation.ts';
import { Redacted } from './redaction.ts';
import { RulePackActivated } from './rule-pack.ts';

/** Every kind, its subject and its current data. `begins`: the event makes its own subject. */
export const CATALOG = {
  reported: { subject: 'order', v: 1, data: Reported, begins: true },
  amended: { subject: 'order', v: 1, data: Amended, begins: false },
  merged: { subject: 'order', v: 1, data: Merged, begins: false },
  unmerged: { subject: 'order', v: 1, data: Unmerged, begins: false },
  endedAtIntake: { subject: 'order', v: 1, data: EndedAtIntake, begins: false },
  cancelled: { subject: 'order', v: 1, data: Cancelled, begins: false },
  reopened: { subject: 'order', v: 1, data: Reopened, begins: false },
  dispatched: { subject: 'order', v: 1, data: Dispatched, begins: false },
  recalled: { subject: 'order', v: 1, data: Recalled, begins: false },
  reassigned: { subject: 'order', v: 1, data: Reassigned, begins: false },
  returned: { subject: 'order', v: 1, data: Returned, begins: false },
  urged: { subject: 'order', v: 1, data: Urged, begins: false },
  urgeAnswered: { subject: 'order', v: 1, data: UrgeAnswered, begins: false },
  accepted: { subject: 'order', v: 1, data: Accepted, begins: false },
  departed: { subject: 'order', v: 1, data: Departed, begins: false },
  arrived: { subject: 'order', v: 1, data: Arrived, begins: false },
  contacted: { subject: 'order', v: 1, data: Contacted, begins: false },
  diagnosed: { subject: 'order', v: 1, data: Diagnosed, begins: false },
  explained: { subject: 'order', v: 1, data: Explained, begins: false },
  suspended: { subject: 'order', v: 1, data: Suspended, begins: false },
  resumed: { subject: 'order', v: 1, data: Resumed, begins: false },
  restored: { subject: 'order', v: 1, data: Restored, begins: false },
  materialsUsed: { subject: 'order', v: 1, data: MaterialsUsed, begins: false },
  signed: { subject: 'order', v: 1, data: Signed, begins: false },
  noted: { subject: 'order', v: 1, data: Noted, begins: false },
  submitted: { subject: 'order', v: 1, data: Submitted, begins: false },
  etrSet: { subject: 'order', v: 1, data: EtrSet, begins: false },
  timeAccepted: { subject: 'order', v: 1, data: TimeAccepted, begins: false },
  visited: { subject: 'order', v: 1, data: Visited, begins: false },
  closed: { subject: 'order', v: 1, data: Closed, begins: false },
  archived: { subject: 'order', v: 1, data: Archived, begins: false },
  redacted: { subject: 'order', v: 1, data: Redacted, begins: false },
  alertRaised: { subject: 'order', v: 1, data: AlertRaised, begins: false },
  alertAcknowledged: { subject: 'order', v: 1, data: AlertAcknowledged, begins: false },
  alertWithdrawn: { subject: 'order', v: 1, data: AlertWithdrawn, begins: false },
  alertClosedOut: { subject: 'order', v: 1, data: AlertClosedOut, begins: false },
  unitMade: { subject: 'unit', v: 1, data: UnitMade, begins: true },
  crewMade: { subject: 'crew', v: 1, data: CrewMade, begins: true },
  unitRenamed: { subject: 'unit', v: 1, data: Renamed, begins: false },
  crewRenamed: { subject: 'crew', v: 1, data: Renamed, begins: false },
  crewMoved: { subject: 'crew', v: 1, data: CrewMoved, begins: false },
  shiftStarted: { subject: 'crew', v: 1, data: ShiftStarted, begins: false },
  personMade: { subject: 'person', v: 1, data: PersonMade, begins: true },
  deviceEnrolled: { subject: 'device', v: 1, data: DeviceEnrolled, begins: true },
  writerRegistered: { subject: 'device', v: 1, data: WriterRegistered, begins: false },
  tookOver: { subject: 'device', v: 1, data: TookOver, begins: false },
  broughtByFile: { subject: 'device', v: 1, data: BroughtByFile, begins: false },
  deviceBlocked: { subject: 'device', v: 1, data: DeviceBlocked, begins: false },
  deviceLost: { subject: 'device', v: 1, data: DeviceLost, begins: false },
  deviceFound: { subject: 'device', v: 1, data: DeviceFound, begins: false },
  joinedCrew: { subject: 'device', v: 1, data: JoinedCrew, begins: false },
  leftCrew: { subject: 'device', v: 1, data: LeftCrew, begins: false },
  rulePackActivated: { subject: 'pack', v: 1, data: RulePackActivated, begins: true },
} as const satisfies Record<string, { subject: SubjectType; v: number; data: z.core.$ZodType; begins: boolean }>;

export type Kind = keyof typeof CATALOG;
export type DataOf<K extends Kind> = z.infer<(typeof CATALOG)[K]['data']>;

/** What somebody wants to record, before it gets a writer, a number and a clock reading. */
export type Draft<K extends Kind = Kind> = { [P in K]: { readonly kind: P; readonly data: DataOf<P> } }[K];

/** Kind and data of an event this build understands, or null (it is kept and folded as nothing). */
export function understood(event: Pick<Envelope, 'kind' | 'v' | 'data'>): Draft | null {
  if (!isKind(event.kind)) return null;
  const entry = CATALOG[event.kind];
  if (entry.v !== event.v) return null;
  const parsed = entry.data.safeParse(event.data);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the entry's schema has just parsed this kind's data
  return parsed.success ? ({ kind: event.kind, data: parsed.data } as Draft) : null;
}

export const isKind = (kind: string): kind is Kind => Object.hasOwn(CATALOG, kind);
