import type { MapList } from '#shared/api/maps.ts';
import type { EquipmentAnswer } from '#shared/api/positions.ts';
import type { DemoAccounts } from '#shared/api/session.ts';
import type { ShortDisk } from '#shared/sync/protocol.ts';

import type { ClockJump } from '../device/guarded-clock.ts';
import type { Within } from '../store/equipment.ts';
import type { Administration } from './administration.ts';
import type { Admission } from './admission.ts';
import type { CustomersDesk } from './customers.ts';
import type { Hints } from './hints.ts';
import type { Imports } from './imports.ts';
import type { Query } from './query.ts';
import type { RedactOrder } from './redact-order.ts';
import type { Reference } from './reference.ts';
import type { Sessions } from './sessions.ts';
import type { SignInDoor } from './sign-in.ts';
import type { Sync } from './sync.ts';
import type { TabletFiles } from './tablet-files.ts';
import type { TrackerFeed } from './trackers.ts';

/** How far the log is, whether the machine's clock jumped and where room runs short, for whoever watches the server. */
export type Health = {
  readonly head: number;
  readonly safe: number | null;
  readonly jump: ClockJump | null;
  readonly disk: ShortDisk | null;
};

/** Everything the routes can ask for. */
export type Services = {
  readonly sessions: Sessions;
  readonly door: SignInDoor;
  readonly hints: Hints;
  readonly sync: Sync;
  readonly admission: Admission;
  readonly query: Query;
  readonly administration: Administration;
  readonly redactOrder: RedactOrder;
  readonly imports: Imports;
  readonly tabletFiles: TabletFiles;
  readonly reference: Reference;
  readonly customers: CustomersDesk;
  readonly equipment: (box: Within) => Promise<EquipmentAnswer>;
  readonly trackers: TrackerFeed;
  readonly maps: () => Promise<MapList>;
  readonly demoAccounts: () => Promise<DemoAccounts>;
  readonly health: () => Promise<Health>;
};
