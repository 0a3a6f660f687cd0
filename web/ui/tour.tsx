import './tour.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { beside, type Box } from './beside.ts';
import { QuietButton } from './quiet-button.tsx';

export type TourProps = {
  readonly words: {
    readonly name: string;
    readonly offer: string;
    readonly start: string;
    readonly next: string;
    readonly back: string;
    readonly end: string;
    readonly done: string;
    readonly at: (step: number, of: number) => string;
    readonly steps: readonly { readonly title: string; readonly text: string }[];
  };
  /** For each step, where on the page it points: the first of these selectors that is there. */
  readonly anchors: readonly (readonly string[])[];
  readonly onEnd: () => void;
};

/**
 * Shows somebody around, beside what it points at and never over it. Nothing is blocked: whoever would rather work, works.
 * It begins with an offer that takes no focus; from then on arrows and Escape work while the focus is on it.
 */
export function Tour({ words, anchors, onEnd }: TourProps) {
  const step = useSignal(-1);
  const place = useRef<HTMLElement>(null);
  const boxes = useBoxes(place, anchors[step.value] ?? []);
  const shown = words.steps[step.value];
  const last = words.steps.length - 1;
  const go = (to: number): void => {
    if (to > last) onEnd();
    else step.value = Math.max(0, to);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      if (event.key === 'Escape') onEnd();
      else if (event.key === 'ArrowRight' && shown) go(step.value + 1);
      else if (event.key === 'ArrowLeft' && shown) go(step.value - 1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const card = place.current;
    card?.addEventListener('keydown', press);
    return () => card?.removeEventListener('keydown', press);
  });
  // The button that was pressed may be gone; who reads with the ears hears the new step.
  useEffect(() => {
    if (step.value >= 0) place.current?.focus();
  }, [step.value]);
  return (
    <>
      {shown && boxes.value.ring && <div class="tour-ring" aria-hidden="true" style={pixels(boxes.value.ring)} />}
      <aside
        ref={place}
        class="tour"
        role="region"
        aria-label={words.name}
        tabIndex={-1}
        style={pixels(boxes.value.card)}
      >
        {shown && (
          <h2 class="label">
            {shown.title} <span class="meta tabular">{words.at(step.value + 1, words.steps.length)}</span>
          </h2>
        )}
        <p class="tour-text">{shown ? shown.text : words.offer}</p>
        <div class="tour-acts">
          <QuietButton
            label={!shown ? words.start : step.value === last ? words.done : words.next}
            onTap={() => go(step.value + 1)}
          />
          {step.value > 0 && <QuietButton label={words.back} onTap={() => go(step.value - 1)} />}
          {step.value < last && <QuietButton label={words.end} onTap={onEnd} />}
        </div>
      </aside>
    </>
  );
}

const GAP = 16;
const RING = 4;

type Boxes = { readonly card: Pick<Box, 'left' | 'top'>; readonly ring: Box | null };

/** Follows what is pointed at while the page moves under it. */
function useBoxes(place: { readonly current: HTMLElement | null }, selectors: readonly string[]) {
  const boxes = useSignal<Boxes>({ card: { left: GAP, top: GAP }, ring: null });
  const wanted = selectors.join('|');
  useLayoutEffect(() => {
    const measure = (): void => {
      const card = place.current?.getBoundingClientRect();
      if (!card) return;
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const found = wanted === '' ? undefined : wanted.split('|').map(visible).find(Boolean);
      // The offer lies at the lower edge.
      const anchor = found ?? { left: (view.width - card.width) / 2, top: view.height, width: 0, height: 0 };
      const next: Boxes = { card: beside(anchor, card, view, GAP), ring: found ? widened(found) : null };
      if (JSON.stringify(next) !== JSON.stringify(boxes.peek())) boxes.value = next;
    };
    measure();
    const again = setInterval(measure, FOLLOW_MS);
    window.addEventListener('resize', measure);
    document.addEventListener('scroll', measure, true);
    return () => {
      clearInterval(again);
      window.removeEventListener('resize', measure);
      document.removeEventListener('scroll', measure, true);
    };
  }, [place, boxes, wanted]);
  return boxes;
}

const FOLLOW_MS = 500;

function visible(selector: string): Box | undefined {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && box.width > 0 && box.height > 0
    ? { left: box.left, top: box.top, width: box.width, height: box.height }
    : undefined;
}

/** Around what it points at, inside the window. */
function widened({ left, top, width, height }: Box): Box {
  const from = { left: Math.max(0, left - RING), top: Math.max(0, top - RING) };
  return {
    ...from,
    width: Math.min(window.innerWidth, left + width + RING) - from.left,
    height: Math.min(window.innerHeight, top + height + RING) - from.top,
  };
}

const pixels = (box: Partial<Box>): Record<string, string> =>
  Object.fromEntries(Object.entries(box).map(([name, value]) => [name, `${value}px`]));
