import type * as z from 'zod/mini';

import type { Role } from '../event/organisation.ts';
import { SyncAnswer, SyncRequest } from '../sync/protocol.ts';
import {
  ActivatedRules,
  ActivateRules,
  GivePassword,
  MadeCode,
  Made,
  MakeCode,
  MakeCrew,
  MakePerson,
  MakeUnit,
} from './administration.ts';
import { CallerAnswer, CallerQuery } from './customers.ts';
import { MapList } from './maps.ts';
import { OrderLog, SearchAnswer, SearchQuery } from './orders.ts';
import { EquipmentAnswer, EquipmentQuery, OsmandFix, TraccarFix, TrackerKey } from './positions.ts';
import { DoneRedacting, Redact } from './redaction.ts';
import { Report, ReportQuery } from './report.ts';
import { DemoAccounts, Enrol, RegisterWriter, Session, SignedIn, SignIn } from './session.ts';

const DESK_ROLES = ['leader', 'dispatcher', 'agent', 'visitor', 'admin'] as const satisfies readonly Role[];

/**
 * Every route of the server, with who may call it: anybody, any session (tablet or desk), a tracker, or the roles named.
 * Both sides import the schemas; the OpenAPI page and the test over all routes are made from this table.
 */
export const ENDPOINTS = [
  { method: 'POST', path: '/v1/session', who: 'anybody', body: SignIn, answer: SignedIn, says: 'Sign in at a desk.' },
  { method: 'GET', path: '/v1/session', who: 'session', answer: Session, says: 'Who am I?' },
  { method: 'DELETE', path: '/v1/session', who: 'session', says: 'Sign out. Nothing held here is erased.' },
  {
    method: 'POST',
    path: '/v1/enrol',
    who: 'anybody',
    body: Enrol,
    answer: SignedIn,
    says: 'Enrol a tablet by its one-time code.',
  },
  {
    method: 'POST',
    path: '/v1/writers',
    who: 'session',
    body: RegisterWriter,
    answer: RegisterWriter,
    says: 'Register a later outbox of this device.',
  },
  {
    method: 'POST',
    path: '/v1/sync',
    who: 'session',
    body: SyncRequest,
    answer: SyncAnswer,
    blockedToo: true,
    says: 'Push own events, pull what changed.',
  },
  {
    method: 'GET',
    path: '/v1/hints',
    who: 'session',
    says: 'Server-sent hints: how far the log is, with a heartbeat.',
  },
  {
    method: 'GET',
    path: '/v1/orders',
    who: DESK_ROLES,
    query: SearchQuery,
    answer: SearchAnswer,
    says: 'Search orders, archive included.',
  },
  { method: 'GET', path: '/v1/orders/:id', who: DESK_ROLES, answer: OrderLog, says: "One order's whole log." },
  {
    method: 'GET',
    path: '/v1/report',
    who: ['leader', 'dispatcher', 'admin'],
    query: ReportQuery,
    answer: Report,
    says: 'Clocks against their limits, by area, class, unit, crew or day.',
  },
  {
    method: 'POST',
    path: '/v1/units',
    who: ['admin'],
    body: MakeUnit,
    answer: Made,
    says: 'Make a unit below one that is there.',
  },
  { method: 'POST', path: '/v1/crews', who: ['admin'], body: MakeCrew, answer: Made, says: 'Make a crew.' },
  {
    method: 'POST',
    path: '/v1/people',
    who: ['admin'],
    body: MakePerson,
    answer: Made,
    says: 'Make a person, with a login where a password is given.',
  },
  {
    method: 'POST',
    path: '/v1/passwords',
    who: ['admin'],
    body: GivePassword,
    says: 'Give somebody a new password. What is open in their name is closed.',
  },
  {
    method: 'POST',
    path: '/v1/rules',
    who: ['admin'],
    body: ActivateRules,
    answer: ActivatedRules,
    says: 'Put a rule pack into force, now or later.',
  },
  {
    method: 'POST',
    path: '/v1/redactions',
    who: ['leader', 'admin'],
    body: Redact,
    answer: DoneRedacting,
    says: 'Erase what people typed or signed about an order, wherever it lies. That it was done stays in the log.',
  },
  {
    method: 'POST',
    path: '/v1/codes',
    who: ['leader', 'admin'],
    body: MakeCode,
    answer: MadeCode,
    says: 'A one-time code for a tablet; a leader makes them for the own unit and below.',
  },
  {
    method: 'POST',
    path: '/v1/import',
    who: ['dispatcher', 'admin'],
    says: 'Another system’s orders: a first line of JSON, then the CSV file. The answer is lines of JSON.',
  },
  {
    method: 'POST',
    path: '/v1/tablet-file',
    who: ['dispatcher', 'admin'],
    says: 'What a tablet could not send, from the file it saved: a first line of JSON, then the file. The answer is one line of JSON.',
  },
  {
    method: 'POST',
    path: '/v1/reference',
    who: ['admin'],
    says: 'Where equipment of the grid stands: a first line of JSON, then CSV or GeoJSON. The answer is lines of JSON.',
  },
  {
    method: 'POST',
    path: '/v1/customers',
    who: ['admin'],
    says: 'Customers of a unit: a first line of JSON, then CSV. The answer is lines of JSON.',
  },
  {
    method: 'GET',
    path: '/v1/callers',
    who: DESK_ROLES,
    query: CallerQuery,
    answer: CallerAnswer,
    says: 'Who may be calling: customers and earlier reports of the own unit and below whose number, name or address begins so.',
  },
  { method: 'GET', path: '/v1/maps', who: 'session', answer: MapList, says: 'What a map may draw below its marks.' },
  {
    method: 'GET',
    path: '/v1/equipment',
    who: DESK_ROLES,
    query: EquipmentQuery,
    answer: EquipmentAnswer,
    says: 'Where equipment of the grid stands, and on which feeder.',
  },
  {
    method: 'GET',
    path: '/v1/positions/osmand',
    who: 'tracker',
    query: OsmandFix,
    says: 'Where a van is, as OsmAnd and Traccar Client say it.',
  },
  {
    method: 'POST',
    path: '/v1/positions/osmand',
    who: 'tracker',
    query: OsmandFix,
    says: 'The same, posted; everything stands in the address.',
  },
  {
    method: 'POST',
    path: '/v1/positions/traccar',
    who: 'tracker',
    query: TrackerKey,
    body: TraccarFix,
    says: 'Where a van is, as a Traccar server forwards it or Traccar Client posts it.',
  },
  {
    method: 'GET',
    path: '/v1/demo',
    who: 'anybody',
    answer: DemoAccounts,
    says: 'Accounts of a demonstration; empty on a real server.',
  },
  {
    method: 'GET',
    path: '/healthz',
    who: 'anybody',
    says: 'Alive, how far the log is, whether the clock jumped, and where room runs short.',
  },
  { method: 'GET', path: '/openapi.json', who: 'anybody', says: 'This table as OpenAPI 3.1.' },
] as const satisfies readonly Endpoint[];

export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** `tracker`: whoever shows the key of a tracker. */
  readonly who: 'anybody' | 'session' | 'tracker' | readonly Role[];
  readonly body?: z.core.$ZodType;
  readonly query?: z.core.$ZodType;
  readonly answer?: z.core.$ZodType;
  readonly says: string;
  /** A blocked device may call it too: what it holds is still taken. */
  readonly blockedToo?: true;
};
