import type { OrderHit } from '#shared/api/orders.ts';
import type { Reported } from '#shared/event/intake.ts';
import type { RuleStop } from '#shared/event/rule-pack.ts';
import type { Refusal } from '#shared/order/decide.ts';
import type { Stage } from '#shared/order/order.ts';

import type { OrderView } from '../read/client-context.ts';
import type { DeskText } from '../text/desk-text.ts';
import type { Format } from '../text/format.ts';
import type { ShapeInput } from '../ui/verdict-shape.ts';
import { deliveryOf } from './delivery.ts';
import type { Judged, ShownClock } from './judge.ts';
import type { Heard } from './known.ts';

export type Words = { readonly t: DeskText; readonly format: Format };

type Said = { readonly word: string; readonly second: string | undefined };

/** What the verdict of the clock that runs next says, and what must stand beside it. */
export function verdictWords(one: Judged, words: Words): Said {
  const main = one.clocks.find(({ clock }) => clock === one.clock);
  return main ? clockWords(main, one.silentMs, words) : { word: words.t('sheet.noVerdict'), second: undefined };
}

/** What one clock says. Never "over" before that is known. `silentMs`: how long the crew has been silent, if it is. */
export function clockWords({ clock, verdict, now }: ShownClock, silentMs: number | null, { t, format }: Words): Said {
  if (verdict === null) return { word: t('sheet.noVerdict'), second: undefined };
  switch (verdict.is) {
    case 'met':
      return { word: t('verdict.met'), second: verdict.sure ? undefined : t('verdict.toBeChecked') };
    case 'missed':
      return {
        word: format.over(verdict.overMs),
        second: verdict.evidence ? (clock.stop ? t(DONE[clock.rule.stop]) : undefined) : t('verdict.noEvidence'),
      };
    case 'running': {
      const silence = silentMs === null ? undefined : t('verdict.noNewsFor', { age: format.span(silentMs) });
      const left = format.left(verdict.leftMs);
      return { word: verdict.paused ? t('verdict.paused', { left }) : left, second: silence };
    }
    case 'unknown':
      return {
        word: verdict.why === 'silent' ? format.noNewsSince(verdict.since, now) : t('verdict.clockUnsure'),
        second: t('verdict.limitPassed', { time: format.when(clock.limit.to, now) }),
      };
  }
}

/** That a stage was reached, in one word. */
export const DONE = {
  dispatched: 'state.dispatched',
  accepted: 'state.accepted',
  contacted: 'sheet.contacted',
  departed: 'state.departed',
  arrived: 'sheet.arrivedOver',
  etr: 'sheet.etrTold',
  restored: 'state.restored',
  submitted: 'state.submitted',
  visited: 'sheet.visited',
} as const satisfies { readonly [S in RuleStop]: string };

/** The silhouette of a verdict, the same in row, chip and map. */
export const shapeOf = (
  { look, share, verdict }: Pick<ShownClock, 'look' | 'share' | 'verdict'>,
  silentMs: number | null,
): ShapeInput | null =>
  look && {
    look,
    share,
    silent: silentMs !== null,
    bare: verdict?.is === 'missed' && !verdict.evidence,
  };

/** Where the order stands, in one word; a dispatch says whether it lies on the tablet. */
export function stageWord(view: OrderView, heard: Heard, t: DeskText): string {
  const delivery = deliveryOf(view, heard);
  if (delivery !== null) return t(`state.${delivery}`);
  return stageName(view.order.stage, t);
}

function stageName(stage: Stage, t: DeskText): string {
  switch (stage) {
    case 'unknown':
      return t('sheet.unseen');
    case 'reported':
      return t('state.waiting');
    default:
      return t(`state.${stage}`);
  }
}

const STAGE_NAMES: readonly string[] = [
  'reported',
  'dispatched',
  'accepted',
  'departed',
  'arrived',
  'restored',
  'submitted',
  'closed',
];
const isStage = (stage: string): stage is Stage => STAGE_NAMES.includes(stage);

export const hitStage = (hit: OrderHit, t: DeskText): string =>
  isStage(hit.stage) ? stageName(hit.stage, t) : hit.stage;

/** Why a command is not carried out, for a person. */
export const refusalWords = (refusal: Refusal | 'notSaved', t: DeskText): string => t(`refusal.${refusal}`);

type Hazard = NonNullable<Reported['hazards']>[number];

export const hazardWord = (hazard: Hazard, t: DeskText): string =>
  hazard === 'injury' ? t('hazard.injured') : t(`hazard.${hazard}`);
