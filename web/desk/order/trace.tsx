import { useSignal } from '@preact/signals';

import { understood } from '#shared/event/catalog.ts';
import type { Order } from '#shared/order/order.ts';

import type { TraceLine } from '../../read/client-context.ts';
import type { DeskText } from '../../text/desk-text.ts';
import { CustodyLine } from '../../ui/custody-line.tsx';
import type { Custody } from '../../ui/custody-mark.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { broughtByFile } from './brought-by-file.ts';
import { Readings } from './readings.tsx';
import { Signature } from './signature.tsx';
import { byRadio, traceWho, traceWords } from './trace-words.ts';

/** Happened | who | received | grade | custody, the latest first. Enter on a line shows its raw readings. */
export function Trace({ one }: { readonly one: Judged }) {
  const lines = one.view.events.toSorted((a, b) => b.recorded.time.est - a.recorded.time.est || orderOfLog(b, a));
  return (
    <ol class="trace">
      {lines.map((line) => (
        <Line key={line.id} line={line} one={one} />
      ))}
    </ol>
  );
}

function Line({ line, one }: { readonly line: TraceLine; readonly one: Judged }) {
  const desk = useDesk();
  const words = useWords();
  const { t, format } = words;
  const open = useSignal(false);
  const { recorded, custody } = line;
  const { order, at } = one;
  const org = desk.client.org.value;
  const draft = understood(recorded.event);
  const marks = marksOf(line, one, t);
  const file = broughtByFile(recorded.event, org);
  if (file) marks.push(t('trace.byFile', { who: file.by ?? t('trace.machine'), time: format.when(file.at, at) }));
  const isFact = draft !== null && FACTS.has(draft.kind);
  const { est, grade } = recorded.time;
  return (
    <li class={`trace-line${fitsNot(order, line) ? ' is-apart' : ''}`}>
      <button type="button" class="trace-head" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <time class="tabular">{sameDay(est, at) && isFact ? format.clockSeconds(est) : format.when(est, at)}</time>
        <span class="trace-what">
          {traceWords(recorded, { org, order, now: at }, words)}
          {marks.map((mark) => (
            <span key={mark} class="trace-mark">
              {mark}
            </span>
          ))}
        </span>
        <span class="trace-grade" title={t(`grade.${grade}`)}>
          {grade}
        </span>
        <span class="trace-about tabular">
          <span class="trace-who">{traceWho(recorded, org, t)}</span>
          {isFact && recorded.time.e > 0 && <span>{format.eventTime(recorded.time)}</span>}
          {recorded.rcv !== null && <span>{t('trace.received', { time: format.when(recorded.rcv, at) })}</span>}
          <CustodyLine state={CUSTODY[custody].mark} word={t(CUSTODY[custody].word)} />
        </span>
      </button>
      {draft?.kind === 'signed' && <Signature signed={draft.data} />}
      {open.value && <Readings line={line} />}
    </li>
  );
}

const CUSTODY = {
  here: { mark: 'onTablet', word: 'custody.onTablet' },
  received: { mark: 'received', word: 'custody.received' },
  settled: { mark: 'settled', word: 'custody.settled' },
  held: { mark: 'held', word: 'custody.held' },
} as const satisfies { readonly [C in TraceLine['custody']]: { readonly mark: Custody; readonly word: string } };

const FACTS: ReadonlySet<string> = new Set(['accepted', 'departed', 'arrived', 'restored', 'submitted', 'signed']);

function marksOf(line: TraceLine, { order, clocks }: Judged, t: DeskText): string[] {
  const { recorded, id } = line;
  const marks: string[] = [];
  if (byRadio(recorded)) marks.push(t('trace.byRadio'));
  const stopped = clocks.find(({ clock }) => clock.rule.stop === recorded.event.kind)?.clock.stop;
  if (stopped) marks.push(t(stopped.fact === id ? 'trace.counts' : 'trace.beside'));
  if (order.facts.some((fact) => fact.id === id && fact.accepted)) marks.push(t('trace.accepting'));
  if (fitsNot(order, line)) marks.push(t('trace.afterTakenAway'));
  return marks;
}

/** A fact of a crew that did not hold the order then: kept as evidence, it moved nothing. */
const fitsNot = (order: Order, { id }: TraceLine): boolean => order.facts.some((fact) => fact.id === id && !fact.fits);

/** Own events without a place in the log come last. */
const orderOfLog = (a: TraceLine, b: TraceLine): number =>
  (a.recorded.q ?? Number.MAX_SAFE_INTEGER) - (b.recorded.q ?? Number.MAX_SAFE_INTEGER);

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
