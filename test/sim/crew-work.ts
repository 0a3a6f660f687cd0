import type { Engine } from '#shared/engine/engine.ts';
import type { OrderView } from '#shared/engine/views.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { CrewId, OrderId, UnitId } from '#shared/ids.ts';
import { everHeldBy } from '#shared/order/order.ts';

import type { DeskWork } from './plan.ts';

/** What somebody does next, about which order; null: there is nothing to do. */
export type Deed = { readonly about: OrderId | 'new'; readonly draft: Draft };

/** A crew's tap, drawn by two numbers from what its tablet shows. */
export function crewDeed(engine: Engine, pick: number, kind: number): Deed | null {
  const crew = engine.meta().session?.crew?.id;
  if (crew === undefined) return null;
  const mine = engine.orders().filter(({ order }) => everHeldBy(order, crew));
  const order = picked(mine, pick);
  const draft = CREW[kind % CREW.length]?.(crew, kind);
  return order && draft ? { about: order.order.id, draft } : null;
}

const CREW: readonly ((crew: CrewId, kind: number) => Draft)[] = [
  (crew) => ({ kind: 'accepted', data: { crew } }),
  (crew) => ({ kind: 'departed', data: { crew } }),
  (crew) => ({ kind: 'arrived', data: { crew } }),
  (crew, kind) => ({ kind: 'diagnosed', data: { crew, cause: `原因${kind}` } }),
  (crew) => ({ kind: 'restored', data: { crew, extent: 'all' } }),
  (crew) => ({ kind: 'submitted', data: { crew } }),
  (crew, kind) => ({ kind: 'noted', data: { crew, text: `记录${kind}` } }),
  (crew) => ({ kind: 'suspended', data: { crew, reason: 'material' } }),
  (crew) => ({ kind: 'resumed', data: { crew } }),
];

/** Something no honest screen makes; `filler` bytes of text. */
export const longNote = (crew: CrewId, filler: number): Draft => ({
  kind: 'noted',
  data: { crew, text: '长'.repeat(Math.ceil(filler / 3)) },
});

type At = { readonly pick: number; readonly crew: CrewId; readonly unit: UnitId };

/** What a dispatcher does, from what the desk shows. */
export function deskDeed(engine: Engine, what: DeskWork, { pick, crew, unit }: At): Deed | null {
  const open = engine.orders().filter(({ order }) => order.report !== null && !order.closed && !order.archived);
  const about = (wanted: (view: OrderView) => boolean, draft: (view: OrderView) => Draft): Deed | null => {
    const view = picked(open.filter(wanted), pick);
    return view ? { about: view.order.id, draft: draft(view) } : null;
  };
  const withCrew = ({ order }: OrderView): boolean => order.crew !== null;
  switch (what) {
    case 'report':
      return {
        about: 'new',
        draft: {
          kind: 'reported',
          data: { unit, address: `幸福路${Math.floor(pick * 999)}号`, area: 'urban', channel: 'phone' },
        },
      };
    case 'dispatch':
      return about(
        (view) => !withCrew(view),
        () => ({ kind: 'dispatched', data: { crew } }),
      );
    case 'recall':
      return about(withCrew, ({ order }) => ({
        kind: 'recalled',
        data: { crew: order.crew ?? crew, reason: '另有安排' },
      }));
    case 'reassign':
      return about(
        (view) => withCrew(view) && view.order.crew !== crew,
        ({ order }) => ({ kind: 'reassigned', data: { from: order.crew ?? crew, to: crew, reason: '更近' } }),
      );
    case 'note':
      return about(
        () => true,
        () => ({ kind: 'noted', data: { crew: null, text: '已告知用户' } }),
      );
    case 'close':
      return about(
        () => true,
        () => ({ kind: 'closed', data: { outcome: 'noFault' } }),
      );
  }
}

/** The same order for the same number, whatever order the map is in. */
function picked(views: readonly OrderView[], pick: number): OrderView | undefined {
  const sorted = views.toSorted((a, b) => (a.order.id < b.order.id ? -1 : 1));
  return sorted[Math.floor(pick * sorted.length)];
}
