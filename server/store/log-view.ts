import type { CrewId, DeviceId, OrderId, PersonId, Subject, UnitId, WriterId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

/** What can be asked while a transaction writes the log; includes what the same transaction has written so far. */
export type LogView = {
  readonly order: (id: OrderId) => Order | null;
  /** Was it brought together with its end? Nobody has to be warned of it. */
  readonly isHistory: (id: OrderId) => boolean;
  readonly exists: (subject: Subject) => boolean;
  readonly orderBySource: (system: string, key: string) => OrderId | null;
  /** Is `unit` that unit or below it? */
  readonly within: (unit: UnitId, top: UnitId) => boolean;
  /** Whose name that is; null: nobody's yet. */
  readonly deviceOf: (writer: WriterId) => DeviceId | null;
  /** Every crew the device ever joined, also as one that it took over and that is not blocked. */
  readonly crewsOf: (device: DeviceId) => readonly CrewId[];
  readonly unitOf: (of: { crew: CrewId } | { person: PersonId }) => UnitId | null;
  /** The unit a device was enrolled for, and that of the crew it is in now. */
  readonly unitsOf: (device: DeviceId) => readonly UnitId[];
  /** The units a crew was in before it was moved. */
  readonly unitsBefore: (crew: CrewId) => readonly UnitId[];
  /** The unit at the top of the company that a unit belongs to; null: there is no such unit. */
  readonly centreOf: (unit: UnitId) => UnitId | null;
  /** Is it a unit that stands below no other? */
  readonly isCentre: (unit: UnitId) => boolean;
};
