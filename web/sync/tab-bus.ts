import type { Bus, Notice } from '#shared/engine/ports.ts';

const KINDS: readonly string[] = ['outbox', 'cache', 'session', 'syncNow', 'state'] satisfies readonly Notice['is'][];

/** Tells the other pages of this app and origin. A page without BroadcastChannel is alone. */
export function createTabBus(name: string): Bus {
  if (!('BroadcastChannel' in window)) return { post: () => undefined, listen: () => () => undefined };
  const channel = new BroadcastChannel(name);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target
    post: (notice) => channel.postMessage(notice),
    listen(hear) {
      const read = ({ data }: MessageEvent<unknown>): void => {
        if (isNotice(data)) hear(data);
      };
      channel.addEventListener('message', read);
      return () => channel.removeEventListener('message', read);
    },
  };
}

/** A page of another build may say things this one does not know. */
const isNotice = (data: unknown): data is Notice =>
  typeof data === 'object' && data !== null && 'is' in data && KINDS.includes(String(data.is));
