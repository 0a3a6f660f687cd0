import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import type { OrderView } from '../read/client-context.ts';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useWords } from './shell.ts';

const STEP = 20;
/** What is painted within the tap, beside the card above; then so many at a time. */
const AT_ONCE = 3;
const THEN = 5;

/** Orders in lines. A long list is drawn bit by bit: no tablet paints five hundred lines within a tap, nor twenty. */
export function MoreRows(props: {
  readonly views: readonly OrderView[];
  readonly label?: string | undefined;
  readonly renderRow: (view: OrderView) => ComponentChildren;
  /** Lines that stand at the end, whatever is shown. */
  readonly children?: ComponentChildren;
}) {
  const { views, label, renderRow, children } = props;
  const { t } = useWords();
  const most = useSignal(STEP);
  const drawn = useSignal(AT_ONCE);
  useEffect(() => {
    if (drawn.value < most.value) drawn.value += THEN;
  }, [drawn, drawn.value, most.value]);
  const drawMore = (): void => {
    most.value += STEP;
    drawn.value += THEN;
  };
  const hidden = views.length - most.value;
  return (
    <>
      <ul class="rows" aria-label={label}>
        {views.slice(0, drawn.value).map((view) => (
          <li key={view.order.id}>{renderRow(view)}</li>
        ))}
        {children}
      </ul>
      {hidden > 0 && <QuietButton label={t('today.moreRows', { n: hidden })} onTap={drawMore} />}
    </>
  );
}
