import type { Alert } from '#shared/order/order.ts';
import type { Judged } from '#shared/sla/judge.ts';
import type { Span } from '#shared/sla/span.ts';

import type { Alert as Expected } from '../oracle/alerts.ts';
import { expected, type Look } from '../oracle/expected.ts';
import { ENGINE, play, type Engine, type EngineLook } from './judging-engine.ts';
import { historyOf } from './oracle-history.ts';
import { DEFAULT_PACK } from './oracle-packs.ts';
import type { Story } from './oracle-stories.ts';

/** Engine and oracle over one story, look by look, each alert raised by one event; the first look at which they differ. */
export function difference(story: Story, engine: Engine = ENGINE): string | null {
  const ours = play(story, engine);
  const theirs = expected(historyOf(story), DEFAULT_PACK, story.looks);
  const at = ours.findIndex((look, index) => !isSame(look, theirs[index]!));
  if (at >= 0) return JSON.stringify({ engine: engineSays(ours[at]!), oracle: oracleSays(theirs[at]!) }, null, 1);
  const raised = ours.flatMap(({ drafts }) => drafts.filter(({ kind }) => kind === 'alertRaised')).length;
  const wanted = theirs.at(-1)?.alerts.length ?? 0;
  return raised === wanted ? null : `${wanted} alerts were raised by ${raised} events`;
}

function isSame(ours: EngineLook, theirs: Look): boolean {
  return (
    ours.judged.length === theirs.judged.length &&
    ours.judged.every((one, index) => isSameClock(one, theirs.judged[index]!)) &&
    ours.alerts.length === theirs.alerts.length &&
    ours.alerts.every((alert) => theirs.alerts.some((other) => isSameAlert(alert, other)))
  );
}

type TheirClock = Look['judged'][number];

function isSameClock({ clock, verdict }: Judged, theirs: TheirClock): boolean {
  const { clock: other } = theirs;
  return (
    clock.rule.id === theirs.rule &&
    clock.epoch === other.epoch &&
    isSameSpan(clock.origin, other.origin) &&
    isSameSpan(clock.warn, other.warn) &&
    isSameSpan(clock.limit, other.limit) &&
    verdictWord(verdict) === verdictWord(theirs.verdict)
  );
}

const isSameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;

function isSameAlert(ours: Alert, theirs: Expected): boolean {
  return (
    ours.rule === theirs.rule &&
    ours.level === theirs.level &&
    ours.epoch === theirs.epoch &&
    ours.raisedAt === theirs.raisedAt &&
    stateOf(ours) === stateWanted(theirs)
  );
}

type AnyVerdict =
  | { readonly is: 'met'; readonly sure: boolean }
  | { readonly is: 'missed'; readonly evidence: boolean }
  | { readonly is: 'running' }
  | { readonly is: 'unknown'; readonly why: string };

/** A verdict in a word that both can say; no verdict is the word "none". */
export function verdictWord(verdict: AnyVerdict | null | undefined): string {
  switch (verdict?.is) {
    case undefined:
      return 'none';
    case 'met':
      return verdict.sure ? 'met surely' : 'met unsurely';
    case 'missed':
      return verdict.evidence ? 'missed' : 'missed without evidence';
    case 'running':
      return 'running';
    case 'unknown':
      return verdict.why;
  }
}

function stateOf({ end, quiet }: Alert): string {
  if (end === null) return quiet ? 'quiet' : 'standing';
  if ('withdrawn' in end) return 'withdrawn';
  return end.closedOut === 'newEpoch' ? 'closedOut by a new epoch' : 'closedOut';
}

/** Which of several true reasons is named first is a matter of taste; that the clock began anew is not. */
const stateWanted = ({ state, reason }: Expected): string =>
  reason === 'new epoch' ? `${state} by a new epoch` : state;

function engineSays({ at, judged, alerts }: EngineLook): unknown {
  return {
    at,
    clocks: judged.map(({ clock, verdict }) => clockWords(clock.rule.id, clock, verdictWord(verdict))),
    alerts: alerts.map((alert) => `${alertWords(alert)} ${stateOf(alert)}`).toSorted(),
  };
}

function oracleSays({ at, judged, alerts }: Look): unknown {
  return {
    at,
    clocks: judged.map(({ rule, clock, verdict }) => clockWords(rule, clock, verdictWord(verdict))),
    alerts: alerts.map((alert) => `${alertWords(alert)} ${stateWanted(alert)}`).toSorted(),
  };
}

type ClockLike = { readonly epoch: number; readonly origin: Span; readonly warn: Span; readonly limit: Span };

function clockWords(rule: string, { epoch, origin, warn, limit }: ClockLike, word: string): string {
  const spans = [origin, warn, limit].map(({ from, to }) => `${from}..${to}`);
  return `${rule} ${epoch} ${spans.join(' ')}: ${word}`;
}

const alertWords = ({
  rule,
  level,
  epoch,
  raisedAt,
}: Pick<Expected, 'rule' | 'level' | 'epoch' | 'raisedAt'>): string => `${rule} ${level} ${epoch} ${raisedAt}`;
