import type { Ports } from './ports.ts';

/** The ports of an engine that shares its machine with no other page: the lock is free, nobody listens. */
export function onlyPage(): Pick<Ports, 'locks' | 'bus' | 'mirror'> {
  let mirrored: string | null = null;
  return {
    locks: { hold: (_, work) => work() },
    bus: { post: () => undefined, listen: () => () => undefined },
    mirror: {
      read: () => mirrored,
      write: (text) => {
        mirrored = text;
      },
    },
  };
}
