import type { Order } from '#shared/order/order.ts';

import type { OrderRow } from '../log-tables.ts';
import { parsed } from './parsed.ts';

/** An order's row as it lies in the database: its state is text. */
export type StoredOrder = Omit<OrderRow, 'state'> & { readonly state: string };

export const orderRowOf = ({ state, ...row }: StoredOrder): OrderRow => ({ ...row, state: orderIn(state) });

export const orderIn = (state: string): Order => parsed<Order>(state);
