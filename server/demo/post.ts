import type { OrderView } from '#shared/engine/views.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { OrderId } from '#shared/ids.ts';

/** Somebody at a desk or in a van, with an engine in front of them: what they see, and what they can write down. */
export type Post = {
  readonly orders: () => readonly OrderView[];
  /** Writes something down here and now; whether it has reached the server is another matter. False: refused. */
  readonly submit: (order: OrderId | 'new', draft: Draft) => Promise<OrderId | null>;
  readonly syncNow: () => void;
};
