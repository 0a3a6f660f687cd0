import type { Draft } from '#shared/event/catalog.ts';
import { orderSubject, type CrewId, type OrderId } from '#shared/ids.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { Fate } from './fate.ts';
import type { Tablet } from './tablet.ts';
import type { VirtualTime } from './virtual-time.ts';

/** An order as the desk knows it. `crew`: by index, null while nobody has it. `opened`: counts how often it was. */
export type Work = {
  readonly id: OrderId;
  readonly fate: Fate;
  readonly chance: Chance;
  open: boolean;
  opened: number;
  crew: number | null;
  arrivedAt: number | null;
};

export type Crew = { readonly id: CrewId; readonly tablets: readonly Tablet[]; readonly forges: boolean };

export type Field = {
  readonly time: VirtualTime;
  readonly crews: readonly Crew[];
  /** Writes something down at the desk. */
  readonly say: (work: Work, draft: Draft) => Promise<void>;
};

const MINUTE = 60_000;
/** A tablet that does not know the order yet is looked at again after so long, so many times. */
const AGAIN_MS = 3 * MINUTE;
const TRIES = 4;
const FORGED_MS = 50 * MINUTE;

/** What desk and crews do about an order from the moment it is opened, until it ends. */
export async function workOn(field: Field, work: Work): Promise<void> {
  const { fate } = work;
  const round = work.opened;
  const goesOn = (): boolean => work.open && work.opened === round;
  const minutes = (count: number): Promise<void> => field.time.sleep(count * MINUTE);

  if (fate.dispatchedAfter === null) return;
  await minutes(fate.dispatchedAfter);
  if (!goesOn()) return;
  await send(fate.crews[0]);
  if (!fate.change) return;
  await minutes(fate.change.after);
  if (!goesOn()) return;
  const [from, to] = [crewOf(fate.crews[0]), crewOf(fate.crews[1])];
  if (fate.change.is === 'reassigned' && from !== to) {
    work.crew = fate.crews[1];
    await field.say(work, { kind: 'reassigned', data: { from: from.id, to: to.id, reason: '就近改派' } });
    start(fate.crews[1]);
  } else {
    work.crew = null;
    await field.say(work, { kind: 'recalled', data: { crew: from.id, reason: '另有安排' } });
    await minutes(fate.change.after);
    if (goesOn()) await send(fate.crews[1]);
  }

  async function send(index: number): Promise<void> {
    work.crew = index;
    await field.say(work, { kind: 'dispatched', data: { crew: crewOf(index).id } });
    start(index);
  }

  function start(index: number): void {
    const crew = crewOf(index);
    crew.tablets.forEach((tablet) => tablet.ring());
    void goThere(crew);
  }

  async function goThere(crew: Crew): Promise<void> {
    const data = { crew: crew.id };
    await minutes(fate.acceptedAfter);
    if (!(await tap(crew, { kind: 'accepted', data }, 0)) || fate.arrivedAfter === null) return;
    await minutes(fate.departedAfter);
    await tap(crew, { kind: 'departed', data }, 0);
    await minutes(fate.arrivedAfter);
    // Turned back on the way, unless nobody could tell them.
    if (!goesOn() && !work.chance.happens(0.2)) return;
    const there = field.time.now();
    const told = await tap(crew, { kind: 'arrived', data }, fate.confirmedAfter * 1_000);
    if (!told && fate.radio && work.crew !== null && crewOf(work.crew) === crew) {
      const at = { at: Math.round(there / MINUTE) * MINUTE, source: 'typed' } as const;
      await field.say(work, { kind: 'arrived', data: { ...data, radio: true, at } });
    }
    work.arrivedAt ??= there;
    if (!fate.suspended) return;
    await minutes(fate.suspended.after);
    if (!goesOn()) return;
    await tap(crew, { kind: 'suspended', data: { ...data, reason: 'switching' } }, 0);
    await minutes(fate.suspended.forMin);
    await tap(crew, { kind: 'resumed', data }, 0);
  }

  function crewOf(index: number): Crew {
    const crew = field.crews[index];
    if (!crew) throw new Error(`no crew ${index}`);
    return crew;
  }

  async function tap(crew: Crew, draft: Draft, apartMs: number): Promise<boolean> {
    const tablet = work.chance.pick(crew.tablets);
    tablet.touch();
    const forges = crew.forges && draft.kind === 'arrived';
    if (forges) tablet.forge(FORGED_MS);
    try {
      for (let tries = 1; ; tries++) {
        if (await tablet.tap(work.id, draft, apartMs)) return true;
        if (tries === TRIES || !goesOn()) return false;
        await field.time.sleep(AGAIN_MS);
        tablet.touch();
      }
    } finally {
      if (forges) tablet.forge(0);
    }
  }
}

/** Power is back: whoever is there says so, and the source closes the order. */
export async function endWork(field: Field, work: Work): Promise<void> {
  const crew = work.crew === null ? undefined : field.crews[work.crew];
  const wasThere = work.arrivedAt !== null;
  work.open = false;
  work.crew = null;
  await field.say(work, { kind: 'closed', data: { outcome: 'restored' } });
  if (!crew || !wasThere) return;
  const tablet = work.chance.pick(crew.tablets);
  tablet.touch();
  void tablet.tap(work.id, { kind: 'restored', data: { crew: crew.id, extent: 'all' } }, 2_000);
}

export const subjectOfWork = (work: Work) => orderSubject(work.id);
