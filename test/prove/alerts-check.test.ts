import { describe, expect, test } from 'vitest';

import { at } from '../builders.ts';
import { checkAlerts, type AlertFindings, type AlertHistory, type LogLine } from './alerts-check.ts';
import { orderDueAt } from './given-orders.ts';

const START = at('12:00');
const LIMITS = [START + 100_000, START + 100_000, START + 200_000];

/** Three orders, told at their limits by a server that was dead for a second and stopped for five. */
function healthy(): AlertHistory {
  const orders = LIMITS.map((limit, index) => orderDueAt(String(index), 'urban', limit));
  const log: LogLine[] = [];
  const write = (line: Omit<LogLine, 'q'>): void => void log.push({ q: log.length + 1, ...line });
  orders.forEach(({ key }) =>
    write({ subject: `order:A7K-${key}`, kind: 'reported', rcv: START, data: { source: { key } } }),
  );
  const alert = (key: number, level: string, rcv: number): void =>
    write({
      subject: `order:A7K-${key}`,
      kind: 'alertRaised',
      rcv,
      data: { rule: 'arrival', level, epoch: 1, limit: LIMITS[key] },
    });
  for (const key of [0, 1, 2]) alert(key, 'soon', START + 500);
  for (const key of [0, 1]) alert(key, 'missed', START + 101_400);
  alert(2, 'missed', START + 205_300);
  return {
    orders,
    log,
    sightings: log.map(({ q, rcv }) => ({ q, at: rcv + 20 })),
    outages: [
      { why: 'kill', from: START + 99_900, to: START + 101_200 },
      { why: 'pause', from: START + 199_500, to: START + 204_800 },
    ],
    from: START,
    to: START + 300_000,
  };
}

const counted = (history: AlertHistory): Record<string, number> => {
  const counts = Object.entries(checkAlerts(history).wrong).map(([name, list]) => [name, list.length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
};

/** The healthy history with its log changed. */
function doctored(change: (log: LogLine[]) => LogLine[]): AlertHistory {
  const history = healthy();
  return { ...history, log: change([...history.log]) };
}

describe('the check of alerts', () => {
  test('finds nothing in a healthy history, and says how late each was and why', () => {
    expect(counted(healthy())).toEqual({});
    const { lateness, alerts } = checkAlerts(healthy());
    expect(lateness).toEqual({ calm: [], kill: [1_420, 1_420], pause: [5_320] });
    expect(alerts).toBe(6);
  });

  test('catches an alert that is not there', () => {
    expect(counted(doctored((log) => log.filter(({ q }) => q !== 8)))).toEqual({ missed: 1 });
    expect(counted(doctored((log) => log.filter(({ q }) => q !== 5)))).toEqual({ missed: 1 });
  });

  test('asks for no warning that was due and over while the server was away', () => {
    const away = { why: 'kill', from: START + 10_000, to: START + 201_000 } as const;
    const history = doctored((log) => log.filter(({ q }) => q !== 6));
    expect(counted(history)).toEqual({ missed: 1 });
    expect(counted({ ...history, outages: [away, ...history.outages] })).toEqual({});
  });

  test('catches one that was raised twice', () => {
    expect(counted(doctored((log) => [...log, log[7]!]))).toEqual({ doubled: 1 });
  });

  test('catches one that was raised before its limit, whatever its receipt says', () => {
    const history = healthy();
    const sightings = history.sightings.map((one) =>
      one.q === 7 ? { ...one, at: LIMITS[0]! - 400_000 + 399_000 } : one,
    );
    expect(counted({ ...history, sightings })).toMatchObject({ early: 2, clock: 1 });
  });

  test('catches a receipt that is not the time', () => {
    const hour = 3_600_000;
    expect(
      counted(doctored((log) => log.map((line) => (line.q === 4 ? { ...line, rcv: line.rcv + hour } : line)))),
    ).toEqual({ clock: 1 });
  });

  test('catches one that came later than a pause explains', () => {
    const history = healthy();
    const [kill] = history.outages;
    const pause = { why: 'pause', from: START + 199_500, to: START + 201_000 } as const;
    expect(counted({ ...history, outages: [kill!, pause] })).toEqual({ late: 1 });
  });

  test('catches one that was very late and does not say so', () => {
    const history = doctored((log) => log.map((line) => (line.q === 9 ? { ...line, rcv: line.rcv + 20_000 } : line)));
    const sightings = history.sightings.map((one) => (one.q === 9 ? { ...one, at: one.at + 20_000 } : one));
    const outages = [history.outages[0]!, { why: 'kill', from: START + 199_500, to: START + 225_000 } as const];
    expect(counted({ ...history, sightings, outages })).toEqual({ unmarked: 1 });
    const honest = history.log.map((line) => (line.q === 9 ? { ...line, data: { ...line.data, late: 25_300 } } : line));
    expect(counted({ ...history, log: honest, sightings, outages })).toEqual({});
  });

  test('does not judge an order it has never heard of', () => {
    expect((): AlertFindings => checkAlerts(doctored((log) => log.filter(({ q }) => q !== 2)))).toThrow(
      'order 1 is not in the log',
    );
  });
});
