import type { Draft } from '#shared/event/catalog.ts';
import { RETURN_REASONS, SUSPEND_REASONS } from '#shared/event/field.ts';
import type { CrewId } from '#shared/ids.ts';

import type { Fix } from '../../read/client-context.ts';
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
};

/** The fact a filled page makes, or why it cannot be kept yet. */
export function actDraft(act: ActName, filled: Filled, around: Around): Draft | { readonly whyNot: string } {
  const { crew, fix, t } = around;
  const where = { crew, ...placeOfFix(fix) };
  const words = (filled['text'] ?? '').trim();
  const note = words === '' ? {} : { note: words.slice(0, 300) };
  switch (act) {
    case 'contacted': {
      const { reached } = filled;
      return reached === undefined
        ? { whyNot: t('form.chooseFirst') }
        : { kind: act, data: { ...where, reached: reached === 'yes' } };
    }
    case 'diagnosed': {
      const cause = joined(filled, 'cause', words, t);
      return cause === ''
        ? { whyNot: t('form.causeFirst') }
        : { kind: act, data: { ...where, cause, ...etrIn(filled, around.now) } };
    }
    case 'explained': {
      const why = joined(filled, 'why', words, t);
      return why === '' ? { whyNot: t('form.chooseFirst') } : { kind: act, data: { ...where, why } };
    }
    case 'suspended': {
      const reason = SUSPEND_REASONS.find((one) => one === filled['reason']);
      if (!reason) return { whyNot: t('form.reasonFirst') };
      return { kind: act, data: { ...where, reason, ...note } };
    }
    case 'returned': {
      const reason = RETURN_REASONS.find((one) => one === filled['reason']);
      if (!reason) return { whyNot: t('form.reasonFirst') };
      return { kind: act, data: { ...where, reason, ...note } };
    }
    case 'materialsUsed': {
      const items = itemsIn(filled, t);
      return items.length === 0 ? { whyNot: t('form.countFirst') } : { kind: act, data: { ...where, items } };
    }
    case 'noted':
      return words === '' ? { whyNot: t('whyNot.empty') } : { kind: act, data: { crew, text: words.slice(0, 2_000) } };
  }
}

/** Names of choices that are on, of a group: `cause.fuse` = "on". */
export const chosenIn = (filled: Filled, group: string): readonly string[] =>
  Object.keys(filled).flatMap((key) =>
    key.startsWith(`${group}.`) && filled[key] === 'on' ? key.slice(group.length + 1) : [],
  );

function joined(filled: Filled, group: 'cause' | 'why', words: string, t: CrewText): string {
  const chosen = chosenIn(filled, group).map((name) => wordOf(group, name, t));
  return [...chosen, words]
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, 300);
}

function wordOf(group: 'cause' | 'why', name: string, t: CrewText): string {
  const found = CHOICE_WORDS[group](t).find(([one]) => one === name);
  return found?.[1] ?? '';
}

/** What can be chosen by one tap, with its word. */
export const CHOICE_WORDS = {
  cause: (t: CrewText) =>
    [
      ['fuse', t('cause.fuse')],
      ['tripped', t('cause.tripped')],
      ['lineBroken', t('cause.lineBroken')],
      ['tree', t('cause.tree')],
      ['cable', t('cause.cable')],
      ['transformer', t('cause.transformer')],
      ['meter', t('cause.meter')],
      ['damage', t('cause.damage')],
      ['customerSide', t('cause.customerSide')],
    ] as const,
  why: (t: CrewText) =>
    [
      ['switching', t('why.switching')],
      ['traffic', t('why.traffic')],
      ['otherJob', t('why.otherJob')],
      ['material', t('why.material')],
      ['weather', t('why.weather')],
      ['help', t('why.help')],
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

function itemsIn(filled: Filled, t: CrewText): { what: string; count: number; unit?: string }[] {
  const count = (key: string): number => Number(filled[`count.${key}`] ?? 0);
  const known = MATERIALS.flatMap(({ id, word, unit }) =>
    count(id) > 0 ? [{ what: word(t), count: count(id), unit: unit(t) }] : [],
  );
  const other = (filled['text'] ?? '').trim().slice(0, 80);
  return other === '' ? known : [...known, { what: other, count: Math.max(1, count('other')) }];
}
