import { assertNever } from '#shared/result.ts';

import type { ShapeInput } from '../ui/verdict-shape.ts';
import type { LocalVerdict } from './local-verdict.ts';
import type { Words } from './shell.ts';

/** A verdict as it is drawn and said. `second`: until when, or which limit has passed. */
export type VerdictSaid = { readonly shape: ShapeInput; readonly word: string; readonly second: string | undefined };

/** `seconds`: count seconds under five minutes, for the one open order. */
export function sayVerdict(local: LocalVerdict, words: Words, now: number, seconds = false): VerdictSaid {
  const { t, f } = words;
  const { verdict, clock } = local;
  const limit = f.when(clock.limit.to, now);
  switch (verdict.is) {
    case 'met':
      return {
        shape: { look: 'met' },
        word: t('verdict.met'),
        second: verdict.sure ? undefined : t('verdict.toBeChecked'),
      };
    case 'running':
      return verdict.paused
        ? {
            shape: { look: 'running', share: local.share },
            word: t('verdict.paused', { left: f.left(verdict.leftMs) }),
            second: t('verdict.pausedWhy'),
          }
        : {
            shape: local.soon ? { look: 'soon' } : { look: 'running', share: local.share },
            word: seconds ? f.leftWithSeconds(verdict.leftMs) : f.left(verdict.leftMs),
            second: dueBy(local, words, limit),
          };
    case 'missed':
      return {
        shape: { look: 'missed', bare: !verdict.evidence },
        word: f.over(verdict.overMs),
        second: verdict.evidence ? t('verdict.limitPassed', { time: limit }) : t('verdict.noEvidence'),
      };
    case 'unknown':
      return {
        shape: { look: 'unknown' },
        word: verdict.why === 'silent' ? f.noNewsSince(verdict.since, now) : t('verdict.clockUnsure'),
        second: t('verdict.limitPassed', { time: limit }),
      };
    default:
      return assertNever(verdict);
  }
}

/** "15:07 前到达", "17:21 前复电"; another rule by its name. */
function dueBy({ clock: { rule } }: LocalVerdict, { t, lang }: Words, time: string): string {
  if (rule.stop === 'arrived') return t('order.arriveBy', { time });
  if (rule.stop === 'restored') return t('order.restoreBy', { time });
  return t('order.ruleBy', { rule: rule.name[lang], time });
}
