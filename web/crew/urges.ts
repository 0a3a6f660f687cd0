import type { CrewId } from '#shared/ids.ts';
import { type Fact, isLive, openUrges } from '#shared/order/order.ts';

import type { OrderView } from '../read/client-context.ts';

export type Urge = { readonly view: OrderView; readonly fact: Fact };

/** Urges this crew has to answer, newest first. An order it has no more is urged elsewhere. */
export const urgesOf = (views: readonly OrderView[], crew: CrewId): readonly Urge[] =>
  views
    .filter(({ order, drop }) => drop === null && order.crew === crew && isLive(order))
    .flatMap((view) => openUrges(view.order).map((fact) => ({ view, fact })))
    .toSorted((a, b) => b.fact.time.est - a.fact.time.est);
