import { err, ok } from '#shared/result.ts';

import { reportArrivals } from '../services/report.ts';
import { readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const reportVerb: Verb = {
  usage: '',
  help: ['One row per rule and area; “all” sums up. Times in minutes from the report.'],
  run: (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return Promise.resolve(options);
    const [extra] = options.value.positionals;
    if (extra !== undefined) return Promise.resolve(err(wrong(extra, 'report takes no file')));
    return withStore(terminal, async (store) => {
      const report = await reportArrivals(store, { units: null, now: terminal.clock() });
      const row = (cells: readonly (string | number | null)[]): string =>
        cells.map((cell, at) => (at < 2 ? String(cell).padEnd(9) : String(cell ?? '–').padStart(9))).join('');
      const lines = report.rules.map((one) => {
        const { rule, area, orders, stopped, within, p50Min, p90Min, averageMin, met, missed, unknown } = one;
        const counts = [within['45'] ?? 0, within['90'] ?? 0, within['120'] ?? 0];
        return row([rule, area, orders, stopped, ...counts, p50Min, p90Min, averageMin, met, missed, unknown]);
      });
      const head = [
        'rule',
        'area',
        'orders',
        'stopped',
        '≤45',
        '≤90',
        '≤120',
        'p50',
        'p90',
        'average',
        'met',
        'missed',
        'unknown',
      ];
      await terminal.result(report, lines.length === 0 ? ['No orders yet.'] : [row(head), ...lines]);
      return ok(0);
    });
  },
};
