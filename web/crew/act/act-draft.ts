import type { Draft } from '#shared/event/catalog.ts';
import { RETURN_REASONS, SUSPEND_REASONS } from '#shared/event/field.ts';
import type { CrewId } from '#shared/ids.ts';

import type { Fix } from '../../read/client-context.ts';
import type { PageText } from '../../text/crew-pages-text.ts';
import type { CrewText } from '../../text/crew-text.ts';
import { placeOfFix } from '../field-draft.ts';
import type { ActName } from '../place.ts';
import type { Filled } from '../use-draft.ts';
import { MATERIALS } from './choices.ts';

type Around = {
  readonly crew: CrewId;
  readonly fix: Fix | null;
  readonly now: number;
  /** Chosen words are kept as they were read, in the language of who chose them. */
  readonly t: CrewText;
  readonly p: PageText;
};

/** The fact a filled page makes, or why it cannot be kept yet. */
export function actDraft(act: ActName, filled: Filled, around: Around): Draft | { readonly whyNot: string } {
  const { crew, fix, t, p } = around;
  const where = { crew, ...placeOfFix(fix) };
  const words = (filled['text'] ?? '').trim();
  const note = words === '' ? {} : { note: words.slice(0, 300) };
  switch (act) {
    case 'contacted': {
      const { reached } = filled;
      return reached === undefined
        ? { whyNot: p('form.chooseFirst') }
        : { kind: act, data: { ...where, reached: reached === 'yes' } };
    }
    case 'diagnosed': {
      const cause = joined(filled, 'cause', words, p);
      return cause === ''
        ? { whyNot: p('form.causeFirst') }
        : { kind: act, data: { ...where, cause, ...etrIn(filled, around.now) } };
    }
    case 'explained': {
      const why = joined(filled, 'why', words, p);
      return why === '' ? { whyNot: p('form.chooseFirst') } : { kind: act, data: { ...where, why } };
    }
    case 'suspended': {
      const reason = SUSPEND_REASONS.find((one) => one === filled['reason']);
      if (!reason) return { whyNot: p('form.reasonFirst') };
      return { kind: act, data: { ...where, reason, ...note } };
    }
    case 'returned': {
      const reason = RETURN_REASONS.find((one) => one === filled['reason']);
      if (!reason) return { whyNot: p('form.reasonFirst') };
      return { kind: act, data: { ...where, reason, ...note } };
    }
    case 'materialsUsed': {
      const items = itemsIn(filled, p);
      return items.length === 0 ? { whyNot: p('form.countFirst') } : { kind: act, data: { ...where, items } };
    }
    case 'noted':
      return words === '' ? { whyNot: t('whyNot.empty') } : { kind: act, data: { crew, text: words.slice(0, 2_000) } };
  }
}

/** Names of choices that are on, of a group: `cause.fuse` = "on". */
const chosenIn = (filled: Filled, group: string): readonly string[] =>
  Object.keys(filled).flatMap((key) =>
    key.startsWith(`${group}.`) && filled[key] === 'on' ? key.slice(group.length + 1) : [],
  );

function joined(filled: Filled, group: 'cause' | 'why', words: string, p: PageText): string {
  const chosen = chosenIn(filled, group).map((name) => wordOf(group, name, p));
  return [...chosen, words]
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, 300);
}

function wordOf(group: 'cause' | 'why', name: string, p: PageText): string {
  const found = CHOICE_WORDS[group](p).find(([one]) => one === name);
  return found?.[1] ?? '';
}

/** What can be chosen by one tap, with its word. */
export const CHOICE_WORDS = {
  cause: (p: PageText) =>
    [
      ['fuse', p('cause.fuse')],
      ['tripped', p('cause.tripped')],
      ['lineBroken', p('cause.lineBroken')],
      ['tree', p('cause.tree')],
      ['cable', p('cause.cable')],
      ['transformer', p('cause.transformer')],
      ['meter', p('cause.meter')],
      ['damage', p('cause.damage')],
      ['customerSide', p('cause.customerSide')],
    ] as const,
  why: (p: PageText) =>
    [
      ['switching', p('why.switching')],
      ['traffic', p('why.traffic')],
      ['otherJob', p('why.otherJob')],
      ['material', p('why.material')],
      ['weather', p('why.weather')],
      ['help', p('why.help')],
    ] as const,
};

const FIVE_MINUTES = 5 * 60_000;

/** When power is expected back: so many minutes from now, to the next five. */
export const etrAt = (minutes: number, now: number): number =>
  Math.ceil((now + minutes * 60_000) / FIVE_MINUTES) * FIVE_MINUTES;

function etrIn(filled: Filled, now: number): { etr?: number } {
  const minutes = Number(filled['etr'] ?? '');
  return Number.isFinite(minutes) && minutes > 0 ? { etr: etrAt(minutes, now) } : {};
}

function itemsIn(filled: Filled, p: PageText): { what: string; count: number; unit?: string }[] {
  const count = (key: string): number => Number(filled[`count.${key}`] ?? 0);
  const known = MATERIALS.flatMap(({ id, word, unit }) =>
    count(id) > 0 ? [{ what: word(p), count: count(id), unit: unit(p) }] : [],
  );
  const other = (filled['text'] ?? '').trim().slice(0, 80);
  return other === '' ? known : [...known, { what: other, count: Math.max(1, count('other')) }];
}
