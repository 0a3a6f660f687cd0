import type { Report, ReportDay, ReportQuery, ReportRow } from '#shared/api/report.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { createDays, nextDay } from '#shared/time/local-day.ts';

import { createChance } from '../../server/demo/chance.ts';
import { createTally, type Counted, type Tally } from '../../server/services/tally-arrivals.ts';

const LIMITS = { urban: 45, rural: 90, remote: 120 } as const;
const CEILINGS = { urban: 60, rural: 120, remote: 240 } as const;
const AREA_NAMES = ['urban', 'rural', 'remote'] as const;

/** An invented report over the days asked for, a storm on the last but one; added up as the server does. */
export function stormReport(query: ReportQuery, now: number): Report {
  const chance = createChance('report');
  const { by = 'area', rule = 'arrival', zone = 'UTC' } = query;
  const to = query.to ?? createDays(zone).of(now);
  const from = query.from ?? nextDay(to, -13);
  const groups = new Map<string, Tally>();
  const days = new Map<string, Tally>();
  const tallyIn = (all: Map<string, Tally>, key: string): Tally => {
    const tally = all.get(key) ?? createTally();
    all.set(key, tally);
    return tally;
  };
  for (let day = from; day <= to; day = nextDay(day, 1)) {
    const storm = day === nextDay(to, -1);
    for (let n = storm ? 240 : chance.whole(24, 60); n > 0; n -= 1) {
      const area = AREA_NAMES[chance.happens(0.6) ? 0 : chance.happens(0.7) ? 1 : 2];
      const counted = oneClock(chance, area, { storm, today: day === to });
      if (query.area !== undefined && query.area !== area) continue;
      const key = {
        area,
        class: chance.happens(0.06) ? 'important' : 'ordinary',
        unit: 'UNT-1',
        crew: `CRW-${chance.whole(1, 8)}`,
        day,
      }[by];
      tallyIn(groups, 'all').add(counted);
      tallyIn(groups, key).add(counted);
      tallyIn(days, day).add(counted);
    }
  }
  const order = ['all', ...AREA_NAMES, 'ordinary', 'important'];
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const sorted = [...groups].toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
  return {
    by,
    zone,
    from: query.from ?? null,
    to: query.to ?? null,
    at: now,
    known: STATE_GRID.rules.map(({ id, name, kind }) => ({ id, name, kind })),
    rules: sorted.map(([key, tally]): ReportRow => {
      const name =
        by === 'crew' && key !== 'all' ? `抢修${key.slice(4)}班` : by === 'unit' && key !== 'all' ? '城西供电所' : null;
      return { rule, area: by === 'area' ? key : 'all', key, name, depth: 0, ...tally.figures() };
    }),
    days: [...days].map(([day, tally]): ReportDay => ({ day, ...tally.figures() })),
    step: 'day',
    spread: groups.get('all')?.spread() ?? null,
  };
}

function oneClock(
  chance: ReturnType<typeof createChance>,
  area: keyof typeof LIMITS,
  { storm, today }: { readonly storm: boolean; readonly today: boolean },
): Counted {
  const limitMin = LIMITS[area];
  const waiting = chance.happens(today ? 0.3 : storm ? 0.12 : 0.02);
  const est = limitMin * (0.25 + (chance.whole(1, 100) / 100) ** 2 * (storm ? 2.6 : 1.15)) + chance.whole(0, 5);
  const doubt = chance.happens(storm ? 0.3 : 0.1) ? chance.whole(5, 40) : chance.whole(0, 20) / 30;
  const said = {
    limitMin,
    averageTargetMin: limitMin,
    ceiling: { limitMin: CEILINGS[area], over: !waiting && est > CEILINGS[area] },
  };
  if (waiting) {
    const verdict =
      today && chance.happens(0.5)
        ? ({ is: 'running', leftMs: 60_000, paused: false } as const)
        : chance.happens(0.6)
          ? ({ is: 'unknown', why: 'silent', since: 0 } as const)
          : chance.happens(0.5)
            ? ({ is: 'missed', overMs: 1, evidence: false } as const)
            : null;
    return { ...said, taken: null, verdict };
  }
  const straddles = doubt > 10 && Math.abs(est - limitMin) < doubt;
  return {
    ...said,
    taken: { est, least: Math.max(0, est - doubt), most: est + doubt },
    verdict: straddles
      ? { is: 'unknown', why: 'clock' }
      : est <= limitMin
        ? { is: 'met', sure: doubt < 10 }
        : { is: 'missed', overMs: (est - limitMin) * 60_000, evidence: true },
  };
}
