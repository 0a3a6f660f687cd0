import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { type CallerField, lookupKey } from '#shared/order/caller-keys.ts';

import { findCallers } from '../../read/customers.ts';
import { useDesk } from '../desk-state.ts';
import { callersHere, possibleCallers, type PossibleCaller } from './possible-callers.ts';

/** So long nobody typed: several keys are one question. */
const PAUSE_MS = 120;

type Found = { readonly field: CallerField; readonly callers: readonly PossibleCaller[] };

/** Who may be calling, by what is typed in one of the fields; asks the centre, and without it the orders held here. */
export function useCallers() {
  const { client } = useDesk();
  const found = useSignal<Found | null>(null);
  const asking = useRef<{ timer: ReturnType<typeof setTimeout> } | null>(null);
  const stop = (): void => {
    if (asking.current) clearTimeout(asking.current.timer);
    asking.current = null;
  };
  useEffect(() => stop, []);

  const ask = async (field: CallerField, text: string): Promise<void> => {
    const mine = asking.current;
    const answer = await findCallers(client, { field, text });
    // Something else was typed meanwhile, or the form is gone.
    if (asking.current !== mine) return;
    const here = answer.ok ? answer.value : callersHere(ordersOf(client.orders.peek()), field, text);
    found.value = { field, callers: possibleCallers(here) };
  };
  return {
    of: (field: CallerField): readonly PossibleCaller[] => (found.value?.field === field ? found.value.callers : []),
    look: (field: CallerField, typed: string): void => {
      stop();
      const text = typed.trim().slice(0, 100);
      if (lookupKey(field, text) === null) found.value = null;
      else asking.current = { timer: setTimeout(() => void ask(field, text), PAUSE_MS) };
    },
    /** Somebody was chosen: nobody is looked for any more. */
    done: (): void => {
      stop();
      found.value = null;
    },
  };
}

function* ordersOf<T>(views: Iterable<{ readonly order: T }>): Generator<T> {
  for (const { order } of views) yield order;
}
