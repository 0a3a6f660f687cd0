import type { Exchange } from '../history.ts';
import type { Check } from './indexed.ts';

/** C9, I9: once all is well, nothing waits any more but what the server dies of: that is put aside, by itself. */
export const nothingIsStuck: Check = ({ machines, poison }) =>
  machines.flatMap(({ machine, rows, state }) => {
    const waiting = rows.filter(
      ({ state, bytes }) => (state.is === 'waiting' || state.is === 'parked') && !bytes.includes(poison),
    );
    return waiting.length === 0
      ? []
      : [
          `machine ${machine} (${state}) still has ${waiting.map((row) => `${row.writer}-${row.n} ${row.state.is}`).join(', ')}`,
        ];
  });

/** C9: and it does not take many questions: the backlog in batches, the pages of a pull, and a few to find out. */
export const fewRounds: Check = ({ machines, wire, healedAt, poison }) =>
  machines.flatMap(({ machine, rows }) => {
    // Which event the server dies of has to be found first.
    if (rows.some(({ bytes }) => bytes.includes(poison))) return [];
    const after = wire.filter((one) => one.machine === machine && one.at >= healedAt);
    // What is held is asked about again each hour, for ever.
    const last = after.findLastIndex(
      ({ request, answer }) => request.push.length > 0 && answer?.acks.every(({ is }) => is === 'held') !== true,
    );
    const idle = after.slice(0, last + 1).filter((one) => isIdle(one) && one.request.parked === 0).length;
    return idle <= IDLE_ROUNDS ? [] : [`machine ${machine} asked ${idle} times for nothing before all was delivered`];
  });

/**
 * C9: no page asks again and again without anything to say or to hear. Where locks do not hold, two of a tablet search for
 * what the server dies of, each by itself.
 */
export const noBusyLoops: Check = ({ wire }) => {
  const pages = Map.groupBy(
    wire.filter((one) => one.delivered && isIdle(one)),
    ({ machine, request }) => `machine ${machine}, page ${request.clock.page},`,
  );
  return [...pages].flatMap(([page, asked]) => {
    const idle = asked.map(({ at }) => at);
    const from = idle.findIndex((at, index) => (idle[index + LOOP] ?? Number.POSITIVE_INFINITY) - at < LOOP_MS);
    return from < 0
      ? []
      : [`${page} asked ${LOOP} times within ${LOOP_MS / 1_000} s from ${new Date(idle[from] ?? 0).toISOString()}`];
  });
};

const IDLE_ROUNDS = 30;
/** A server that dies of one event is asked so often until that event is found (I9). */
const LOOP = 40;
const LOOP_MS = 40_000;

const isIdle = ({ request, answer }: Exchange): boolean =>
  request.push.length === 0 &&
  (answer?.page == null || (answer.page.more === null && answer.page.subjects.length === 0));
