import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { useClient } from '../../read/client-context.ts';
import { afterFix, AT_REST } from './driving.ts';

export type Driving = {
  readonly on: boolean;
  /** By hand: the mate switches it on before the van moves. */
  readonly start: () => void;
  /** "I am not driving": for half an hour speed switches nothing on. */
  readonly lift: () => void;
};

const LIFT_MS = 30 * 60_000;

/** Whether the screen is for somebody at the wheel: by speed, or by hand. */
export function useDriving(): Driving {
  const client = useClient();
  const motion = useSignal(AT_REST);
  const byHand = useSignal(false);
  const liftedUntil = useSignal(0);
  const { here } = client.position;
  useEffect(
    () =>
      here.subscribe((fix) => {
        motion.value = afterFix(motion.peek(), fix);
      }),
    [here, motion],
  );
  const moving = useComputed(() => motion.value.driving);
  return {
    on: byHand.value || (moving.value && client.now.value >= liftedUntil.value),
    start: () => (byHand.value = true),
    lift: () => {
      byHand.value = false;
      liftedUntil.value = client.now.value + LIFT_MS;
    },
  };
}
