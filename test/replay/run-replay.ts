import { understood } from '#shared/event/catalog.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { idOf } from '#shared/event/envelope.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import type { Device } from '../oracle/history.ts';
import { drive, type Drive, type Driven } from './drive.ts';
import { judgeAgain } from './judge-again.ts';
import { oraclePack } from './oracle-pack.ts';
import { readHistory } from './read-history.ts';

/** What a replay came to. `mismatches`: what the server did otherwise than the oracle says, and broken promises. */
export type Replayed = {
  readonly orders: number;
  readonly raised: number;
  readonly withdrawn: number;
  readonly standing: number;
  readonly mismatches: readonly string[];
  /** So that nobody takes an idle replay for a good one. */
  readonly events: number;
  readonly taps: number;
  readonly grades: Readonly<Record<string, number>>;
};

/** Drives a stream through the real server, then judges everything again from the log and what was heard when. */
export async function runReplay(plan: Drive): Promise<Replayed> {
  const driven = await drive(plan);
  try {
    return await judgeAll(driven);
  } finally {
    await driven.close();
  }
}

async function judgeAll(driven: Driven): Promise<Replayed> {
  const bySubject = new Map<string, LoggedEvent[]>();
  const logged = new Map<string, LoggedEvent>();
  let events = 0;
  for (let after = 0; ;) {
    const page = await driven.opened.store.pages.page(after, 5_000);
    for (const line of page) {
      const { subject } = line.event;
      const list = bySubject.get(subject);
      if (list) list.push(line);
      else bySubject.set(subject, [line]);
      if (line.event.by !== null) logged.set(idOf(line.event), line);
    }
    events += page.length;
    const last = page.at(-1);
    if (!last) break;
    after = last.q;
  }

  const beside = {
    pack: oraclePack(STATE_GRID),
    crews: crewsOf(driven, bySubject),
    looks: driven.looks,
    end: driven.end,
  };
  const mismatches: string[] = [...brokenPromises(driven, logged)];
  const counts = { raised: 0, withdrawn: 0, standing: 0 };
  for (const [subject, lines] of bySubject) {
    if (!subject.startsWith('order:')) continue;
    const order = readHistory(subject.slice('order:'.length), lines);
    mismatches.push(...judgeAgain(order, beside));
    counts.raised += order.alerts.length;
    counts.withdrawn += order.alerts.filter(({ state }) => state === 'withdrawn').length;
    counts.standing += order.alerts.filter(({ state }) => state === 'standing').length;
  }
  const grades: Record<string, number> = { A: 0, B: 0, C: 0 };
  const taps = driven.tablets.flatMap((tablet) => tablet.taps);
  for (const { id } of taps) {
    const grade = logged.get(id)?.time.grade;
    if (grade) grades[grade] = (grades[grade] ?? 0) + 1;
  }
  return { orders: driven.orders, ...counts, mismatches, events, taps: taps.length, grades };
}

/** The devices of each crew: when each was heard up to when, and in which times it was lost. */
function crewsOf(driven: Driven, bySubject: ReadonlyMap<string, readonly LoggedEvent[]>): Record<string, Device[]> {
  const crews: Record<string, Device[]> = {};
  for (const { device, crew } of driven.tablets) {
    const about = bySubject.get(`device:${device}`) ?? [];
    const lost: { from: number; until?: number }[] = [];
    const writers = new Set<string>();
    for (const { event, rcv } of about) {
      const draft = understood(event);
      const open = lost.at(-1);
      if (draft?.kind === 'deviceEnrolled' || draft?.kind === 'writerRegistered') writers.add(draft.data.writer);
      if (draft?.kind === 'deviceLost') lost.push({ from: rcv });
      if (draft?.kind === 'deviceFound' && open) open.until ??= rcv;
    }
    const own = driven.heard.filter(({ writer }) => writers.has(writer));
    const hearings = own.map(({ at, upTo }) => ({ learnedAt: at, heardUpTo: upTo }));
    (crews[crew] ??= []).push({ hearings, lost });
  }
  return crews;
}

/** Every tap arrives, its true time lies in its bounds, and nothing was called heard that was still on its way. */
function brokenPromises(driven: Driven, logged: ReadonlyMap<string, LoggedEvent>): readonly string[] {
  const heard = Map.groupBy(driven.heard, ({ writer }) => writer);
  return driven.tablets
    .flatMap(({ taps }) => taps)
    .flatMap(({ id, at }) => {
      const line = logged.get(id);
      if (!line) return [`tap ${id} never arrived`];
      const { lo, hi } = line.time;
      const early = heard.get(line.event.writer)?.find(({ upTo }) => upTo > at);
      return [
        ...(at < lo || at > hi ? [`tap ${id} was at ${at}, outside ${lo} … ${hi}`] : []),
        ...(early && early.at < line.rcv ? [`${id} was on its way while its tablet counted as heard`] : []),
      ];
    });
}
