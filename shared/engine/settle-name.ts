import type { WriterId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { nameAfterFork } from '../sync/fork-names.ts';
import type { Unanswered } from './http-transport.ts';
import type { Outbox, Own } from './outbox.ts';
import { earlierName } from './ports.ts';
import { restamp } from './restamp.ts';

type Deps = {
  readonly outbox: Outbox;
  readonly register: (wanted: WriterId) => Promise<Result<WriterId, Unanswered>>;
};

/**
 * `astray`: an event that the server holds for its writer's name. Either it does not know the name (any more): then it is
 * told; or two outboxes use it (I3): then all that this one has not got into the log takes another name, as one. Which
 * name follows from what is renamed, so that the same fork gets the same names whoever puts it right. Gives what moved.
 */
export async function settleName(
  { outbox, register }: Deps,
  current: WriterId,
  astray: Own,
): Promise<Result<readonly Own[], Unanswered>> {
  const { writer, state } = astray.row;
  const forked = state.is === 'held' && state.code === 'forked';
  const mine = (): readonly Own[] =>
    outbox.all().filter(({ row }) => row.writer === writer && row.state.is !== 'received');
  if (!forked || writer === current) {
    const given = await register(forked ? nameAfterFork(writer, astray.row.hash) : writer);
    if (!given.ok) return given;
    if (given.value === writer) {
      const waiting = mine().map(({ row: { n, state: before } }) => {
        const again = { is: 'waiting', tries: 0, ...earlierName(before) } as const;
        return { writer, n, state: again };
      });
      return (await outbox.setStates(waiting)).ok ? ok([]) : err('network');
    }
    // A name that is given and not used would be waited for (I25).
    if (!(await outbox.begin(given.value, true)).ok) return err('network');
  }
  // Looked at only now: somebody may have tapped until the other name began. Below the fork both have the same events.
  const moved = await restamp(
    outbox,
    mine().filter(({ row }) => !forked || row.n >= astray.row.n),
  );
  return moved.ok ? moved : err('network');
}
