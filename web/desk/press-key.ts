import { currentIn } from './alert-queue.ts';
import { keyCommand, type KeyCommand, type KeyPlace } from './desk-keys.ts';
import type { Desk } from './desk-state.ts';
import { FILTERS } from './judge.ts';

/** Carries out what a key asks for. Forms and drawers have had it before. */
export function pressKey(event: KeyboardEvent, desk: Desk): void {
  if (event.defaultPrevented) return;
  const command = keyCommand(event, placeOf(event.target), desk.preferences.letterKeys.peek());
  if (command === null || (desk.layer.peek() !== 'none' && !WITH_LAYER.has(command.do))) return;
  event.preventDefault();
  carryOut(command, desk);
}

/** While intake, search or the key card is open only these act. */
const WITH_LAYER: ReadonlySet<KeyCommand['do']> = new Set([
  'closeTop',
  'search',
  'palette',
  'keys',
  'inputMethodInTheWay',
]);

/** Does what a key or a line of the palette asks for. */
export function carryOut(command: KeyCommand, desk: Desk): void {
  switch (command.do) {
    case 'next':
    case 'previous':
      walk(desk, command.do === 'next' ? 1 : -1);
      return;
    case 'open':
    case 'peek': {
      const id = desk.selected.peek();
      if (id !== null) desk.open(id, command.do === 'open');
      return;
    }
    case 'closeTop':
      desk.closeTop();
      return;
    case 'intake':
    case 'search':
    case 'palette':
    case 'keys':
      desk.layer.value = desk.layer.peek() === command.do ? 'none' : command.do;
      return;
    case 'reports':
    case 'admin':
    case 'import':
      desk.place.value = command.do;
      return;
    case 'find':
      document.querySelector<HTMLElement>('#find')?.focus();
      return;
    case 'focus':
      document.querySelector<HTMLElement>(PLACES[command.place])?.focus();
      return;
    case 'filter':
      desk.filter.value = FILTERS[command.index - 1] ?? null;
      return;
    case 'dispatch':
    case 'byRadio':
    case 'urge':
    case 'setEtr':
    case 'contact':
    case 'merge':
    case 'unmerge':
      openForm(desk, command.do);
      return;
    case 'claim':
    case 'shelve':
      acknowledge(desk, command.do === 'claim' ? 'claimed' : 'shelved');
      return;
    case 'nextUrgent':
    case 'previousUrgent':
      walkUrgent(desk, command.do === 'nextUrgent' ? 1 : -1);
      return;
    case 'inputMethodInTheWay':
      desk.answer.value = desk.t.peek()('keys.blocked');
      return;
  }
}

const PLACES = { orders: '#order-list', alerts: '#alerts', map: '#map', vans: '#map' } as const;

function walk(desk: Desk, step: 1 | -1): void {
  const rows = desk.rows.peek();
  const at = rows.findIndex(({ order }) => order.id === desk.selected.peek());
  const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  if (next) desk.select(next.order.id);
}

type OrderKey = 'dispatch' | 'byRadio' | 'urge' | 'setEtr' | 'contact' | 'merge' | 'unmerge';

/** Opens the order's form where that can be done; where not, the drawer shows the reason beside the button. */
function openForm(desk: Desk, which: OrderKey): void {
  const id = desk.selected.peek();
  if (id === null) return;
  const held = desk.client.order(id).peek()?.order.crew ?? null;
  desk.open(id);
  if (which === 'dispatch') desk.orderForm.value = held === null ? 'dispatch' : 'reassign';
  else desk.orderForm.value = which === 'byRadio' ? 'reportByRadio' : which;
}

function acknowledge(desk: Desk, how: 'claimed' | 'shelved'): void {
  const listed = desk.alerts.peek()[desk.alertTab.peek()];
  const one = listed[currentIn(listed, desk.currentAlert.peek())];
  if (!one || one.alert.end !== null) return;
  if (how === 'shelved' && one.priority === 1) {
    desk.answer.value = desk.t.peek()('alerts.urgentNotShelved');
    return;
  }
  desk.currentAlert.value = one.alert.id;
  desk.alertForm.value = { alert: one.alert.id, how };
}

function walkUrgent(desk: Desk, step: 1 | -1): void {
  const urgent = desk.alerts.peek().standing.filter(({ priority, alert }) => priority === 1 && alert.end === null);
  const at = urgent.findIndex(({ alert }) => alert.id === desk.currentAlert.peek());
  const next = urgent[(at + step + urgent.length) % Math.max(1, urgent.length)];
  if (!next) return;
  desk.alertTab.value = 'standing';
  desk.currentAlert.value = next.alert.id;
  desk.select(next.order.id);
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.isContentEditable || target.matches('textarea, select')) return 'field';
  if (target instanceof HTMLInputElement) return TEXTLESS.has(target.type) ? 'control' : 'field';
  return target.closest('button, a, label') ? 'control' : 'page';
}

const TEXTLESS: ReadonlySet<string> = new Set(['radio', 'checkbox', 'button', 'submit']);
