import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** What is not the answer to a tap, or lies below the first screen, follows the tap's own paint. */
export function AfterPaint(props: {
  readonly children: () => ComponentChildren;
  /** What stands there until then. */
  readonly meanwhile?: ComponentChildren;
}) {
  const painted = useSignal(false);
  useEffect(() => {
    painted.value = true;
  }, [painted]);
  return painted.value ? props.children() : props.meanwhile;
}
