import './order-list.css';
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import type { OrderId } from '#shared/ids.ts';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { shortNames } from '../short-names.ts';
import { admitRows } from './admit-rows.ts';
import { OrderRow } from './order-row.tsx';
import { visibleRows } from './visible-rows.ts';

const ROW_PX = 28;

/** Every order of the live work set by next limit; only the rows in sight exist. */
export function OrderList() {
  const desk = useDesk();
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const scrolled = useSignal(0);
  const height = useSignal(600);
  const busy = useSignal(false);
  // Letting rows in changes what is known, which is no signal: this redraws.
  const admitted = useSignal(0);
  const known = useRef<Set<OrderId>>(new Set());
  const names = useComputed(() =>
    shortNames(new Map([...desk.client.org.value.crews].map(([id, { name }]) => [id, name]))),
  );

  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(() => (height.value = box.clientHeight));
    watch.observe(box);
    return () => watch.disconnect();
  }, [height]);

  const { pulling } = desk.client.status.value;
  // Nobody has chosen anything yet among what still comes.
  const [rows, lettingIn, pointed] = [desk.rows.value, admitted.value, busy.value && pulling === null];
  // Walking through the list must not go along ten thousand rows each time.
  const { shown, fresh } = useMemo(() => {
    void lettingIn;
    const admission = admitRows(rows, known.current, pointed);
    for (const { order } of admission.shown) known.current.add(order.id);
    return admission;
  }, [rows, lettingIn, pointed]);
  const index = shown.findIndex(({ order }) => order.id === desk.selected.value);

  // The row walked to stays in sight; a row that moves by itself is not run after.
  useSignalEffect(() => {
    const at = desk.rows.peek().findIndex(({ order }) => order.id === desk.selected.value);
    const box = place.current;
    if (at < 0 || !box) return;
    if (at * ROW_PX < box.scrollTop) box.scrollTop = at * ROW_PX;
    else if ((at + 1) * ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * ROW_PX - box.clientHeight;
  });

  const { from, to } = visibleRows(scrolled.value, height.value, ROW_PX, shown.length);
  return (
    <section
      class="pane list-pane"
      aria-labelledby="list-title"
      onPointerEnter={() => (busy.value = true)}
      onPointerLeave={() => (busy.value = false)}
    >
      <div class="pane-head">
        <h2 id="list-title" class="label">
          {t('desk.orders')} <span class="tabular">{shown.length}</span>
        </h2>
        <input
          id="find"
          class="field-control"
          type="search"
          autoComplete="off"
          placeholder={t('desk.find')}
          aria-label={t('desk.find')}
          value={desk.needle.value}
          onInput={(event) => (desk.needle.value = event.currentTarget.value)}
        />
        <kbd class="meta">F</kbd>
      </div>
      {pulling !== null && (
        <p class="list-progress meta tabular">
          <progress aria-label={t('desk.orders')} value={pulling.have} max={pulling.have + pulling.toCome} />
          {t('desk.pulling', { have: thousands(pulling.have), of: thousands(pulling.have + pulling.toCome) })}
        </p>
      )}
      {fresh > 0 && (
        <button
          type="button"
          class="new-rows tabular"
          onClick={() => {
            for (const { order } of desk.rows.value) known.current.add(order.id);
            admitted.value += 1;
          }}
        >
          {t('desk.newRows', { n: fresh })}
        </button>
      )}
      <div
        ref={place}
        id="order-list"
        class="row-box"
        role={shown.length > 0 ? 'listbox' : 'group'}
        tabIndex={0}
        aria-label={t('desk.orders')}
        aria-activedescendant={index >= from && index < to ? `row-${desk.selected.value}` : undefined}
        onScroll={(event) => (scrolled.value = event.currentTarget.scrollTop)}
      >
        <div class="row-height" style={{ height: `${shown.length * ROW_PX}px` }}>
          {shown.slice(from, to).map((one, offset) => (
            <OrderRow
              key={one.order.id}
              one={one}
              top={(from + offset) * ROW_PX}
              chosen={one.order.id === desk.selected.value}
              crewNames={names}
            />
          ))}
        </div>
        {shown.length === 0 && pulling === null && <Nothing />}
      </div>
    </section>
  );
}

/** By hand: a formatter made for each number of each redraw took longer than the list. */
const thousands = (n: number): string => String(n).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** Nothing by filter, nothing at all, or nothing heard yet: three different sentences. */
function Nothing() {
  const desk = useDesk();
  const { t, format } = useWords();
  const { lastSuccessAt } = desk.client.status.value;
  if (desk.judged.value.length > 0) return <EmptyLine text={t('desk.noneMatch')} />;
  if (lastSuccessAt === null) return <EmptyLine text={t('desk.notAskedYet')} />;
  return <EmptyLine text={t('desk.noOrdersAsOf', { time: format.when(lastSuccessAt, desk.client.now.value) })} />;
}
