import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { CrewId, EventId, OrderId } from '#shared/ids.ts';
import type { Refusal } from '#shared/order/decide.ts';
import { nextStep } from '#shared/order/operations.ts';
import type { FieldKind } from '#shared/order/order.ts';

import { type OpenTap, type OrderView, useClient } from '../read/client-context.ts';
import { freshFix, isPlain, NOTHING_CONFIRMED, type PlainStep, type RestoreAnswer, stepDraft } from './field-draft.ts';
import { useShell } from './shell.ts';
import { type AskedKind, isAsked } from './steps.ts';

/** A fact just recorded in this place. `id` null: being stored, nothing may be said of it yet (I7). */
export type JustDone = {
  readonly order: OrderId;
  readonly kind: FieldKind;
  readonly at: number;
  readonly id: EventId | null;
};

/** A first tap without its second. */
export type Asked = { readonly kind: AskedKind; readonly tap: OpenTap };

/**
 * The place of the next step.
 *
 *            ┌──────────── not yet ───────────┐
 *            ▼                                │
 *   none   ready ──tap: arrive, restore, submit──► asking ──confirm──► quiet ──3 s──► ready, none
 *            ├────tap: accept, depart, resume─────────────────────────► ▲
 *            ├────tap: sign, all that needs words──► a page of its own  │
 *            └────other data changed what the button would do ──────────┘
 *
 * An open tap puts the place into `asking` whenever the screen is shown, also after a crash.
 */
export type StepModel = {
  readonly phase: 'none' | 'ready' | 'asking' | 'quiet';
  readonly next: FieldKind | null;
  readonly asked: Asked | null;
  readonly done: JustDone | null;
  readonly refusal: Refusal | null;
  readonly answer: Signal<RestoreAnswer>;
  /** The tap on the button, or on one of the further actions. */
  tap(kind: FieldKind): void;
  confirm(): void;
  notYet(): void;
};

/** A place that has just changed its meaning takes no touch for so long. */
const QUIET_MS = 3_000;

/** `just`: what was recorded on another page a moment ago; it is shown here before the place can be touched. */
export function useStep(view: OrderView | null, crew: CrewId, just: JustDone | null = null): StepModel {
  const client = useClient();
  const shell = useShell();
  const order = view?.order ?? null;
  const next = order ? nextStep(order, crew) : null;
  const meaning = order && next ? `${order.id} ${next}` : '';
  const known = useSignal(meaning);
  const done = useSignal<JustDone | null>(just);
  const refused = useSignal<{ readonly order: OrderId; readonly refusal: Refusal } | null>(null);
  const busy = useSignal(false);
  const answer = useSignal(NOTHING_CONFIRMED);

  const asked = order ? askedOf(client.taps.value, order.id) : null;
  const quiet = known.value !== meaning || done.value !== null;

  useEffect(() => {
    if (!quiet || busy.value) return undefined;
    const timer = setTimeout(() => {
      known.value = meaning;
      done.value = null;
    }, QUIET_MS);
    return () => clearTimeout(timer);
    // `done` starts the time anew: a fact is shown in full even if the place had changed just before it.
  }, [quiet, meaning, done.value, busy.value, known, done, busy]);

  const record = async (kind: PlainStep, tap?: OpenTap): Promise<void> => {
    if (!order || busy.value) return;
    busy.value = true;
    refused.value = null;
    const at = tap?.at ?? client.now.value;
    done.value = { order: order.id, kind, at, id: null };
    const fix = freshFix(client.position.here.value, at);
    const stored = await client.submit(order.id, stepDraft(kind, crew, fix, answer.value), tap);
    done.value = stored.ok ? { order: order.id, kind, at, id: stored.value } : null;
    if (!stored.ok && stored.error !== 'notSaved') refused.value = { order: order.id, refusal: stored.error };
    if (stored.ok) answer.value = NOTHING_CONFIRMED;
    busy.value = false;
  };

  const ask = async (kind: AskedKind): Promise<void> => {
    if (!order || busy.value) return;
    busy.value = true;
    answer.value = NOTHING_CONFIRMED;
    await client.openTap(order.id, kind);
    busy.value = false;
  };

  return {
    phase: asked && !done.value ? 'asking' : quiet ? 'quiet' : next ? 'ready' : 'none',
    next,
    asked,
    done: done.value,
    refusal: refused.value && refused.value.order === order?.id ? refused.value.refusal : null,
    answer,
    tap(kind) {
      if (!order) return;
      if (isAsked(kind)) void ask(kind);
      else if (isPlain(kind)) void record(kind);
      else if (kind === 'urgeAnswered') shell.go({ at: 'messages' });
      else shell.go(kind === 'signed' ? { at: 'sign', order: order.id } : { at: 'act', order: order.id, act: kind });
    },
    confirm: () => void (asked && record(asked.kind, asked.tap)),
    notYet: () => void (asked && client.dropTap(asked.tap)),
  };
}

/** The oldest unanswered question about an order. */
export function askedOf(taps: readonly OpenTap[], order: OpenTap['order']): Asked | null {
  for (const tap of taps) if (tap.order === order && isAsked(tap.kind)) return { kind: tap.kind, tap };
  return null;
}
