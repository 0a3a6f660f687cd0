import { type Signal, useSignal } from '@preact/signals';

import type { Result } from '#shared/result.ts';

import type { Unanswered } from '../read/client-context.ts';
import { useDesk, useWords } from './desk-state.ts';

/** Asks the centre to make something. What went wrong stands beside the form and nothing typed is lost. */
export function useMake(): {
  readonly error: Signal<string | null>;
  readonly done: Signal<string | null>;
  readonly make: <T>(asking: Promise<Result<T, Unanswered>>, said: string) => Promise<T | null>;
} {
  const desk = useDesk();
  const { t } = useWords();
  const error = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  return {
    error,
    done,
    make: async (asking, said) => {
      done.value = null;
      const answer = await asking;
      error.value = answer.ok ? null : t(wordOf(answer.error));
      if (!answer.ok) return null;
      done.value = said;
      desk.client.syncNow();
      return answer.value;
    },
  };
}

function wordOf(error: Unanswered) {
  switch (error) {
    case 'network':
      return 'admin.network';
    case 'notAllowed':
      return 'refusal.notAllowed';
    case 'notFound':
      return 'admin.notThere';
    case 'badRequest':
      return 'admin.badRequest';
    case 'signInNeeded':
      return 'desk.signInNeeded';
    default:
      return 'admin.failed';
  }
}
