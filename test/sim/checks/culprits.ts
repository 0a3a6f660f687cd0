import type { SyncRequest } from '#shared/sync/protocol.ts';

import type { Check } from './indexed.ts';

/** I9: what came in one batch with an event that the server dies of is sent alone before anybody puts it aside. */
export const onlyCulpritsArePutAside: Check = ({ machines, wire, poison }) =>
  machines.flatMap(({ machine, disk }) => {
    const died = wire
      .filter((one) => one.machine === machine && one.status === 500)
      .map(({ request }) => idsOf(request));
    const poisons = new Set(
      disk.flatMap((step) => (step.is === 'append' && step.row.bytes.includes(poison) ? [nameOf(step.row)] : [])),
    );
    const aside = disk.flatMap((step) =>
      step.is === 'states' ? step.changes.filter(({ state }) => state.is === 'parked').map(nameOf) : [],
    );
    return [...new Set(aside)].flatMap((id) => {
      const together = died.filter((ids) => ids.includes(id) && ids.some((other) => poisons.has(other)));
      const alone = died.some((ids) => ids.length === 1 && ids[0] === id);
      return poisons.has(id) || alone || together.length < OFTEN
        ? []
        : [`machine ${machine} put ${id} aside, which was never sent without the event that kills`];
    });
  });

const OFTEN = 3;

const nameOf = ({ writer, n }: { writer: string; n: number }): string => `${writer}-${n}`;

const idsOf = ({ push }: SyncRequest): string[] =>
  push.map((item) => nameOf((item as { event: { writer: string; n: number } }).event));
