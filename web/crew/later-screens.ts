import { EnrolScreen } from './enrol/enrol-screen.tsx';
import { MapScreen } from './map/map-screen.tsx';
import { OrderScreen } from './order/order-screen.tsx';
import { OutboxScreen } from './outbox/outbox-screen.tsx';
import { SignScreen } from './sign/sign-screen.tsx';

/** What the order list can be shown without. Fetched as soon as that stands; offline from what the worker keeps. */
export const laterScreens = { EnrolScreen, MapScreen, OrderScreen, OutboxScreen, SignScreen };

export type LaterScreens = typeof laterScreens;
