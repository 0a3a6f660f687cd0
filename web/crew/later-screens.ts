import { ActPage } from './act/act-page.tsx';
import { DrivingPage } from './driving/driving-page.tsx';
import { EnrolScreen } from './enrol/enrol-screen.tsx';
import { GuideScreen } from './guide/guide-screen.tsx';
import { LockScreen } from './lock/lock-screen.tsx';
import { PinPage } from './lock/pin-page.tsx';
import { MapScreen } from './map/map-screen.tsx';
import { MessagesScreen } from './messages/messages-screen.tsx';
import { OrderScreen } from './order/order-screen.tsx';
import { OutboxScreen } from './outbox/outbox-screen.tsx';
import { ReadOutPage } from './read-out/read-out-page.tsx';
import { ShiftPage } from './shift/shift-page.tsx';
import { SignScreen } from './sign/sign-screen.tsx';
import { CrewTour } from './tour/crew-tour.tsx';

/** What the order list can be shown without. Fetched as soon as that stands; offline from what the worker keeps. */
export const laterScreens = {
  ActPage,
  CrewTour,
  DrivingPage,
  EnrolScreen,
  GuideScreen,
  LockScreen,
  MapScreen,
  MessagesScreen,
  OrderScreen,
  OutboxScreen,
  PinPage,
  ReadOutPage,
  ShiftPage,
  SignScreen,
};

export type LaterScreens = typeof laterScreens;
