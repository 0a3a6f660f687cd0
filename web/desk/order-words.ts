import type { OrderHit } from '#shared/api/orders.ts';
import type { Reported } from '#shared/event/intake.ts';
import type { Refusal } from '#shared/order/decide.ts';
import type { Stage } from '#shared/order/order.ts';

import type { OrderView } from '../read/client-context.ts';
import type { DeskText } from '../text/desk-text.ts';
import type { Format } from '../text/format.ts';
import { deliveryOf } from './delivery.ts';
import type { Heard, Judged } from './judge.ts';

export type Words = { readonly t: DeskText; readonly format: Format };

/** What the verdict says, and what must stand beside it. Never "over" before that is known. */
export function verdictWords(one: Judged, { t, format }: Words): { word: string; second: string | undefined } {
  const { verdict, clock, silentMs, at } = one;
  const silence = silentMs === null ? undefined : t('verdict.noNewsFor', { age: format.span(silentMs) });
  if (verdict === null || clock === null) return { word: t('sheet.noVerdict'), second: undefined };
  switch (verdict.is) {
    case 'met':
      return { word: t('verdict.met'), second: undefined };
    case 'missed':
      return { word: format.over(verdict.overMs), second: clock.stop ? t('sheet.arrivedOver') : undefined };
    case 'running':
      return { word: format.left(verdict.leftMs), second: silence };
    case 'unknown':
      return {
        word: verdict.why === 'silent' ? format.noNewsSince(verdict.since, at) : t('verdict.clockUnsure'),
        second: t('verdict.limitPassed', { time: format.when(clock.limit.to, at) }),
      };
  }
}

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
