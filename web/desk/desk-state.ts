import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Point } from '#shared/event/parts.ts';
import type { DeviceId, EventId, OrderId } from '#shared/ids.ts';
import type { DeskOperation } from '#shared/order/operations.ts';

import type { Client, Organisation, TraceLine } from '../read/client-context.ts';
import { createFormat } from '../text/create-format.ts';
import { createDeskText, type DeskText } from '../text/desk-text.ts';
import type { Format } from '../text/format.ts';
import type { Lang } from '../text/text.ts';
import { alertQueue, type AlertQueue, type AlertTab } from './alert-queue.ts';
import { type Filter, FILTERS, type Judged, passes } from './judge.ts';
import { createJudging } from './judging.ts';
import { type Known, knownAt } from './known.ts';

export type Theme = 'light' | 'night';

/** What a person wants to see below the marks of the map. */
export type MapLayers = { readonly streets: boolean; readonly online: boolean; readonly feeders: boolean };

/** What a person set on this desk; kept by whoever made it. */
export type Preferences = {
  readonly lang: Signal<Lang>;
  readonly theme: Signal<Theme>;
  /** Single letters act as keys. */
  readonly letterKeys: Signal<boolean>;
  /** The tour of the demonstration: `offered` once somebody has come in there. Left out: there is none. */
  readonly tour?: Signal<'none' | 'offered' | 'seen'>;
  /** Left out: as a desk begins. */
  readonly layers?: Signal<MapLayers>;
  /** The screen has room for a second column of alerts. Left out: it has not. */
  readonly wall?: ReadonlySignal<boolean>;
  /** IANA name; without it the zone of the machine. */
  readonly timeZone?: string | undefined;
};

/** Which page of the desk is shown; whoever made it keeps the address in step. */
export type DeskPlace = 'board' | 'reports' | 'admin' | 'import';

/** The form that is open in the order drawer: an operation, a time to be accepted, a tablet lost or found. */
export type OrderForm = DeskOperation | { readonly time: EventId } | { readonly device: DeviceId };
export type AlertForm = { readonly alert: EventId; readonly how: 'claimed' | 'shelved' };

/** An order whose log came from the archive: read-only. */
export type ArchivedLog = { readonly id: OrderId; readonly events: readonly TraceLine[] };

export type Desk = ReturnType<typeof createDesk>;

/** The engine asks at least each minute; half as much again is silence. */
const LOST_AFTER_MS = 90_000;

/** Everything the panes share: what is judged, what is chosen, what is open. All of it lives as long as the page. */
export function createDesk(
  client: Client,
  preferences: Preferences,
  place: Signal<DeskPlace> = signal<DeskPlace>('board'),
) {
  const t: ReadonlySignal<DeskText> = computed(() => createDeskText(preferences.lang.value));
  const format: ReadonlySignal<Format> = computed(() => createFormat(preferences.lang.value, preferences.timeZone));

  const lostSince = computed((): number | null => {
    const { lastSuccessAt } = client.status.value;
    return lastSuccessAt !== null && client.now.value - lastSuccessAt > LOST_AFTER_MS ? lastSuccessAt : null;
  });
  /** The moment all verdicts are for: without news they stand still at the last. */
  const asOf = computed(() => lostSince.value ?? client.now.value);
  const known: ReadonlySignal<Known> = computed(() =>
    knownAt({ live: client.live.value, org: client.org.value, at: asOf.value }),
  );
  const judged = judgedInTurns(client, known);
  const counts = computed(() => countsOf(judged.value));
  const alerts: ReadonlySignal<AlertQueue> = computed(() => alertQueue(client.orders.value, asOf.value));

  const filter = signal<Filter | null>(null);
  const needle = signal('');
  const rows = computed(() => {
    const wanted = needle.value.trim().toLowerCase();
    const { crews } = client.org.value;
    return judged.value.filter((one) => isWanted(one, { filter: filter.value, wanted, crews }));
  });

  const selected = signal<OrderId | null>(null);
  const drawerOpen = signal(false);
  const archived = signal<ArchivedLog | null>(null);
  const layer = signal<'none' | 'intake' | 'search' | 'keys' | 'guide' | 'palette'>('none');
  const orderForm = signal<OrderForm | null>(null);
  const alertForm = signal<AlertForm | null>(null);
  const drawerTakesFocus = signal(true);

  const select = (id: OrderId): void => {
    if (selected.value !== id) orderForm.value = null;
    selected.value = id;
    if (archived.value !== null) archived.value = null;
  };
  const open = (id: OrderId, takesFocus = true): void => {
    select(id);
    drawerTakesFocus.value = takesFocus;
    drawerOpen.value = true;
  };
  /** Closes what lies on top; false when there was nothing. */
  const closeTop = (): boolean => {
    if (layer.value !== 'none') layer.value = 'none';
    else if (alertForm.value) alertForm.value = null;
    else if (orderForm.value) orderForm.value = null;
    else if (drawerOpen.value) {
      drawerOpen.value = false;
      archived.value = null;
    } else return false;
    return true;
  };

  return {
    client,
    preferences,
    place,
    t,
    format,
    lostSince,
    asOf,
    known,
    judged,
    counts,
    alerts,
    filter,
    needle,
    rows,
    selected,
    drawerOpen,
    /** The drawer takes the focus when opened by Enter or a click, not when peeked into. */
    drawerTakesFocus,
    archived,
    orderForm,
    currentAlert: signal<EventId | null>(null),
    alertTab: signal<AlertTab>('standing'),
    alertForm,
    layer,
    /** The place of a report being taken, pointed at on the map or typed. */
    picked: signal<Point | null>(null),
    /** The one line that answers the last key or command. */
    answer: signal<string | null>(null),
    /** A place the map is asked to bring into view. */
    shown: signal<{ readonly point: Point } | null>(null),

    select,
    open,
    closeTop,
  };
}

/** How long one turn of judging may keep the page, ms: well under what a person notices between key and screen. */
const TURN_MS = 12;
/** Of the first turns, when nothing is shown yet that could be kept waiting. */
const FIRST_TURN_MS = 200;

/** Every order by next limit. What cannot be judged in one turn follows in the next. */
function judgedInTurns(client: Client, known: ReadonlySignal<Known>): ReadonlySignal<readonly Judged[]> {
  const judging = createJudging(() => performance.now());
  const turn = signal(0);
  let waits = false;
  let whole = false;
  const next = (): void => {
    waits = false;
    turn.value += 1;
  };
  return computed(() => {
    void turn.value;
    const { all, done } = judging(client.orders.value, known.value, whole ? TURN_MS : FIRST_TURN_MS);
    whole ||= done;
    if (!done && !waits) setTimeout(next, 0);
    waits = !done;
    return all;
  });
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no desk above this pane');
  return desk;
}

/** The words and formats of the language chosen; a pane that asks is redrawn when it changes. */
export function useWords(): { readonly t: DeskText; readonly format: Format } {
  const desk = useDesk();
  return { t: desk.t.value, format: desk.format.value };
}

export type Counts = { readonly [F in Filter]: number };

function countsOf(all: readonly Judged[]): Counts {
  const counts = { missed: 0, unknown: 0, soon: 0, running: 0, undispatched: 0 };
  for (const one of all) for (const filter of FILTERS) if (passes(one, filter)) counts[filter] += 1;
  return counts;
}

type Wanted = { readonly filter: Filter | null; readonly wanted: string; readonly crews: Organisation['crews'] };

function isWanted(one: Judged, { filter, wanted, crews }: Wanted): boolean {
  if (filter !== null && !passes(one, filter)) return false;
  if (wanted === '') return true;
  const { id, report, crew } = one.order;
  const crewName = crew === null ? undefined : crews.get(crew)?.name;
  return [id, report?.address, report?.customer?.name, report?.words, crewName].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
}
