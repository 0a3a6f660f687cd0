import { deskOperations, type DeskOperation } from '#shared/order/operations.ts';
import { isLive } from '#shared/order/order.ts';

import type { KeyCommand } from '../desk-keys.ts';
import type { Desk } from '../desk-state.ts';
import { FILTERS } from '../judge.ts';
import { OPERATION_KEYS, OPERATION_WORDS } from '../operation-words.ts';
import { refusalWords } from '../order-words.ts';
import { carryOut } from '../press-key.ts';

/** One line of the palette. `find`: what it is found by. `whyNot`: it stays listed and says why it cannot be done. */
export type PaletteItem = {
  readonly id: string;
  readonly word: string;
  readonly find: string;
  readonly key?: string | undefined;
  readonly note?: string | undefined;
  readonly whyNot?: string | undefined;
  readonly run: () => void;
};

const KEYED = [
  ['intake', 'N', { do: 'intake' }],
  ['search', '/', { do: 'search' }],
  ['find', 'F', { do: 'find' }],
  ['reports', 'B', { do: 'reports' }],
  ['admin', 'G', { do: 'admin' }],
  ['import', 'I', { do: 'import' }],
  ['claim', 'C', { do: 'claim' }],
  ['shelve', 'Z', { do: 'shelve' }],
  ['nextUrgent', ']', { do: 'nextUrgent' }],
  ['previousUrgent', '[', { do: 'previousUrgent' }],
  ['orders', 'O', { do: 'focus', place: 'orders' }],
  ['alerts', 'A', { do: 'focus', place: 'alerts' }],
  ['map', 'M', { do: 'focus', place: 'map' }],
  ['keys', '?', { do: 'keys' }],
] as const satisfies readonly (readonly [string, string, KeyCommand])[];

/** Everything the desk can be told that names no order. */
export function deskCommands(desk: Desk): readonly PaletteItem[] {
  const t = desk.t.value;
  const { theme, lang, letterKeys } = desk.preferences;
  const named = (id: string, word: string, run: () => void, key?: string): PaletteItem => ({
    id: `desk-${id}`,
    word,
    find: word,
    key,
    run,
  });
  return [
    ...KEYED.map(([id, key, command]) => named(id, t(`palette.${id}`), () => carryOut(command, desk), key)),
    ...FILTERS.map((filter, at) =>
      named(
        filter,
        t('palette.filter', { name: t(`filter.${filter}`) }),
        () => (desk.filter.value = filter),
        String(at + 1),
      ),
    ),
    named('all', t('palette.filter', { name: t('filter.all') }), () => (desk.filter.value = null), '0'),
    named('theme', t('palette.theme'), () => (theme.value = theme.value === 'light' ? 'night' : 'light')),
    named('lang', t('palette.lang'), () => (lang.value = lang.value === 'zh' ? 'en' : 'zh')),
    named('letters', t('palette.letters'), () => (letterKeys.value = !letterKeys.value)),
    named('sync', t('act.tryNow'), () => desk.client.syncNow()),
    named('signOut', t('act.signOut'), () => void desk.client.signOut()),
  ];
}

/** What can be done with the order that is chosen, each with its reason where it cannot. */
export function orderCommands(desk: Desk): readonly PaletteItem[] {
  const id = desk.selected.value;
  const view = id === null || desk.archived.value ? null : desk.client.order(id).value;
  const role = desk.client.session.value?.person.role;
  if (id === null || view === null || role === undefined) return [];
  const t = desk.t.value;
  return deskOperations(view.order, role)
    .filter(({ refusal }) => refusal !== 'notClosed' && refusal !== 'notMerged')
    .map(({ name, refusal }) => ({
      id: `do-${name}`,
      word: `${t(OPERATION_WORDS[name])} ${id}`,
      find: `${t(OPERATION_WORDS[name])} ${id} ${view.order.report?.address ?? ''}`,
      key: OPERATION_KEYS[name],
      note: view.order.report?.address,
      whyNot: refusal === null ? undefined : refusalWords(refusal, t),
      run: () => openForm(desk, id, name),
    }));
}

/** Orders to open, and, where the first part is the word of an operation, that operation on them. */
export function foundOrders(desk: Desk, parts: readonly string[], holdsAll: Holds): readonly PaletteItem[] {
  if (parts.length === 0) return [];
  const t = desk.t.value;
  const role = desk.client.session.value?.person.role;
  const items: PaletteItem[] = [];
  const names = desk.client.org.value.crews;
  const verb = parts[0] ?? '';
  const rest = parts.slice(1);
  for (const { order } of desk.judged.value) {
    if (items.length >= MOST) break;
    const crew = order.crew === null ? '' : (names.get(order.crew)?.name ?? '');
    const text = [order.id, order.report?.address, order.report?.customer?.name, crew].filter(Boolean).join(' ');
    const opened = t('palette.open', { id: order.id });
    if (holdsAll(`${opened} ${text}`, parts))
      items.push({
        id: `open-${order.id}`,
        word: opened,
        find: text,
        note: [order.report?.address, crew].filter(Boolean).join(' · '),
        run: () => desk.open(order.id),
      });
    if (rest.length === 0 || role === undefined || !isLive(order) || order.id === desk.selected.value) continue;
    if (!holdsAll(text, rest)) continue;
    for (const { name, refusal } of deskOperations(order, role))
      if (refusal === null && t(OPERATION_WORDS[name]).toLowerCase().startsWith(verb))
        items.push({
          id: `do-${name}-${order.id}`,
          word: `${t(OPERATION_WORDS[name])} ${order.id}`,
          find: text,
          note: order.report?.address,
          run: () => openForm(desk, order.id, name),
        });
  }
  return items;
}

/** Crews: the list then shows theirs, and the map where the van was last. */
export function foundCrews(desk: Desk, parts: readonly string[], holdsAll: Holds): readonly PaletteItem[] {
  if (parts.length === 0) return [];
  const t = desk.t.value;
  const { fixes } = desk.client.live.value;
  return [...desk.client.org.value.crews.values()]
    .filter(({ name, van = '' }) => holdsAll(`${name} ${van}`, parts))
    .slice(0, MOST)
    .map(({ id, name, van }) => ({
      id: `crew-${id}`,
      word: t('palette.crew', { crew: name }),
      find: name,
      note: van,
      run: () => {
        desk.needle.value = name;
        const fix = fixes.find(({ crew }) => crew === id);
        if (fix) desk.shown.value = { point: { lat: fix.lat, lon: fix.lon } };
      },
    }));
}

const MOST = 8;

type Holds = (text: string, parts: readonly string[]) => boolean;

function openForm(desk: Desk, id: Parameters<Desk['open']>[0], name: DeskOperation): void {
  desk.open(id);
  desk.orderForm.value = name;
}
