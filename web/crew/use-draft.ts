import { type Signal, useSignal } from '@preact/signals';

import { useShell } from './shell.ts';

/** What somebody has begun to fill in: plain words by the name of the field. */
export type Filled = Readonly<Record<string, string>>;

export type Draft = {
  readonly filled: Signal<Filled>;
  set(change: Filled): void;
  /** It is recorded, or nobody wants it any more. */
  forget(): void;
};

/** Keeps what is typed with every letter, so that a crash or a dead battery asks nobody to type it twice. */
export function useDraft(name: string, start: Filled = {}): Draft {
  const { drafts } = useShell();
  const filled = useSignal<Filled>({ ...start, ...filledIn(drafts.read(name)) });
  return {
    filled,
    set(change) {
      filled.value = { ...filled.value, ...change };
      drafts.keep(name, JSON.stringify(filled.value));
    },
    forget() {
      filled.value = start;
      drafts.keep(name, '');
    },
  };
}

function filledIn(text: string | null): Filled {
  if (!text) return {};
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
