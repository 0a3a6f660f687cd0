import type { CrewId, OrderId } from '#shared/ids.ts';

import type { OrderView } from '../read/client-context.ts';
import { byNextLimit, judge, type Judged } from './judge.ts';
import type { Known } from './known.ts';

/** `all`: every order by next limit. `done` false: some are still judged as they were; ask again. */
export type Judging = { readonly all: readonly Judged[]; readonly done: boolean };

/**
 * Judges orders for as long as one question may take, and goes on with the next question. What changed comes first: orders
 * with news, then new ones and those whose crews were heard; when time has passed, all others. Ten thousand orders never keep the
 * page from answering a key.
 */
export function createJudging(clock: () => number) {
  const judged = new Map<OrderId, Judged>();
  let sorted: readonly Judged[] = [];
  let before: { readonly views: readonly OrderView[]; readonly known: Known } | null = null;
  /** Still to be judged, the most wanted first. */
  let waiting: OrderView[] = [];
  /** Judged anew because time has passed; shown together, so that the list changes once. */
  let gathered = new Map<OrderId, Judged>();

  const notice = (views: readonly OrderView[], known: Known): ReadonlySet<OrderId> => {
    const gone = new Set<OrderId>();
    if (before?.views === views && before.known === known) return gone;
    const shown = views.filter(isShown);
    if (before?.views !== views) {
      const present = new Set(shown.map(({ order }) => order.id));
      for (const id of judged.keys()) if (!present.has(id)) gone.add(id);
      // What was judged anew and not shown yet does not bring it back.
      for (const id of gone) gathered.delete(id);
    }
    const spoke = heardSince(before?.known ?? null, known);
    const touched = ({ order }: OrderView): boolean =>
      !judged.has(order.id) || order.holdings.some(({ crew }) => spoke.has(crew));
    const sameMoment = before?.known.at === known.at && before.known.org === known.org;
    const left = sameMoment ? new Set(waiting.map(({ order }) => order.id)) : null;
    const [first, rest] = apart(shown, touched);
    waiting = [...first, ...rest.filter(({ order }) => left?.has(order.id) ?? true)];
    before = { views, known };
    return gone;
  };

  return (views: readonly OrderView[], known: Known, budgetMs: number): Judging => {
    const until = clock() + budgetMs;
    const gone = notice(views, known);
    const changed = new Map<OrderId, Judged>();
    for (const view of views)
      if (isShown(view) && judged.has(view.order.id) && judged.get(view.order.id)?.view !== view) {
        changed.set(view.order.id, judge(view, known));
        gathered.delete(view.order.id);
      }
    let at = 0;
    for (; at < waiting.length && (at % LOOK_EVERY !== 0 || clock() < until); at += 1) {
      const view = waiting[at];
      if (!view || changed.has(view.order.id)) continue;
      const one = judge(view, known);
      if (judged.has(view.order.id)) gathered.set(view.order.id, one);
      else changed.set(view.order.id, one);
    }
    waiting = waiting.slice(at);
    const done = waiting.length === 0;
    if (done || gathered.size >= SHOWN_AT) {
      for (const [id, one] of gathered) changed.set(id, one);
      gathered = new Map();
    }
    if (changed.size + gone.size > 0) {
      for (const id of gone) judged.delete(id);
      for (const [id, one] of changed) judged.set(id, one);
      sorted = merged(sorted, changed, gone);
    }
    return { all: sorted, done };
  };
}

/** How often the clock is looked at, in orders; and from how many on news of crews is shown before all are judged. */
const LOOK_EVERY = 32;
const SHOWN_AT = 5_000;

const isShown = ({ order, drop }: OrderView): boolean => order.stage !== 'unknown' && drop === null;

function heardSince(before: Known | null, now: Known): ReadonlySet<CrewId> {
  const spoke = new Set<CrewId>();
  for (const [crew, heard] of now.heard) if (before?.heard.get(crew) !== heard) spoke.add(crew);
  return spoke;
}

function apart<T>(all: readonly T[], is: (one: T) => boolean): [first: T[], later: T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const one of all) parts[is(one) ? 0 : 1].push(one);
  return parts;
}

/** The sorted list with some of it changed: what stayed keeps its order and is only gone along. */
function merged(
  sorted: readonly Judged[],
  changed: ReadonlyMap<OrderId, Judged>,
  gone: ReadonlySet<OrderId>,
): readonly Judged[] {
  const stayed = sorted.filter(({ order }) => !changed.has(order.id) && !gone.has(order.id));
  const coming = [...changed.values()].sort(byNextLimit);
  if (stayed.length === 0) return coming;
  const all: Judged[] = [];
  let at = 0;
  for (const one of stayed) {
    for (let next = coming[at]; next && byNextLimit(next, one) < 0; next = coming[at]) {
      all.push(next);
      at += 1;
    }
    all.push(one);
  }
  for (const rest of coming.slice(at)) all.push(rest);
  return all;
}
