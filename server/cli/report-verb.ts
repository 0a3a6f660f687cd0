import { endedWithout, reportTable } from '#shared/api/report-table.ts';
import { REPORT_BY, ReportQuery, type Report, type ReportRow, type Span } from '#shared/api/report.ts';
import { csvOf } from '#shared/csv.ts';
import type { UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { reportOrders } from '../services/report.ts';
import { unitAndBelow } from '../services/unit-subtree.ts';
import type { Store } from '../store/store.ts';
import { failed, readOptions, wrong, type Complaint, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const reportVerb: Verb = {
  usage: '[--by area] [--rule arrival] [--from 2026-11-01] [--to 2026-11-30] [--unit NAME] [--csv]',
  help: [
    'One row per rule and group; “all” sums up. Times in minutes from what began the clock, with what they may be.',
    '--by          area (if not given), class, unit with those below, crew, day',
    '--rule        this rule alone; --json then also has its days and its spread',
    '--from, --to  first and last day of the report, both counted',
    '--zone        whose days: an IANA name, if not given Asia/Shanghai',
    '--area        urban, rural or remote orders alone',
    '--unit        orders of this unit and those below, by name or id',
    '--csv         for spreadsheets: UTF-8, nothing in it is taken for a formula',
  ],
  run: (args, terminal) => {
    const text = { type: 'string' } as const;
    const options = readOptions(args, {
      by: text,
      rule: text,
      from: text,
      to: text,
      zone: text,
      area: text,
      unit: text,
      csv: { type: 'boolean' },
    });
    if (!options.ok) return Promise.resolve(options);
    const [extra] = options.value.positionals;
    if (extra !== undefined) return Promise.resolve(err(wrong(extra, 'report takes no file')));
    const { unit, csv = false, by, rule, from, to, zone, area } = options.value.values;
    const given = Object.entries({ by, rule, from, to, zone, area }).filter(([, value]) => value !== undefined);
    const query = ReportQuery.safeParse(Object.fromEntries(given));
    if (!query.success) return Promise.resolve(err(notUnderstood(query.error.issues)));
    if (csv && terminal.json) return Promise.resolve(err(wrong('--csv', 'is one way to print it, --json another')));

    return withStore(terminal, async (store) => {
      const units = await unitsNamed(store, unit);
      if (!units.ok) return units;
      const report = await reportOrders(store, { query: query.data, units: units.value, now: terminal.clock() });
      if (csv) await terminal.stdout(csvOf(reportTable(report.rules, (column) => column)));
      else await terminal.result(report, linesOf(report));
      return ok(0);
    });
  },
};

function notUnderstood(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Complaint {
  const [first] = issues;
  const field = String(first?.path[0] ?? '');
  return wrong(`--${field}`, EXPECTED[field] ?? first?.message ?? 'cannot be read');
}

const EXPECTED: Readonly<Record<string, string | undefined>> = {
  by: `one of ${REPORT_BY.join(', ')}`,
  rule: 'the id of a rule such as arrival',
  from: 'a day such as 2026-11-21',
  to: 'a day such as 2026-11-21, not before --from',
  zone: 'a time zone such as Asia/Shanghai',
  area: 'urban, rural or remote',
};

/** Null: all. */
async function unitsNamed(
  { roster }: Pick<Store, 'roster'>,
  typed: string | undefined,
): Promise<Result<readonly UnitId[] | null, Complaint>> {
  if (typed === undefined) return ok(null);
  const units = await roster.units();
  const found = units.filter(({ id, name }) => id === typed || name === typed);
  const [unit, another] = found;
  if (!unit) return err(failed('--unit', `there is no unit “${typed}”`));
  if (another) return err(failed('--unit', `several units are called “${typed}”; name it by its id`));
  return ok(unitAndBelow(units, unit.id));
}

function linesOf({ rules }: Report): readonly string[] {
  if (rules.length === 0) return ['No orders.'];
  const table = [HEAD, ...rules.map(cellsOf)];
  const widths = HEAD.map((_, at) => Math.max(...table.map((row) => widthOf(row[at] ?? ''))));
  return table.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
        return at < 2 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

const HEAD = [
  'rule',
  'group',
  'orders',
  'stopped',
  'met',
  'unsure',
  'missed',
  'no evid.',
  'silent',
  'clock',
  'running',
  'ended',
  'p50',
  'p90',
  'average',
  'target',
  'ceiling',
  'over it',
];

function cellsOf(row: ReportRow): readonly string[] {
  const { rule, key, name, depth, orders, stopped, met, metUnsure, missed, missedNoEvidence } = row;
  const counts = [orders, stopped, met, metUnsure, missed, missedNoEvidence, row.unknownSilent, row.unknownClock];
  return [
    rule,
    `${'  '.repeat(depth)}${name ?? key}`,
    ...[...counts, row.running, endedWithout(row)].map(String),
    minutes(row.p50Min, row.p50Span),
    minutes(row.p90Min, row.p90Span),
    minutes(row.averageMin, row.averageSpan),
    String(row.averageTargetMin ?? '–'),
    row.ceilingMin === null ? '–' : [...new Set(row.ceilingMin)].join('–'),
    row.ceilingMin === null ? '–' : String(row.overCeiling),
  ];
}

/** "58.67", "58.7 (57.1–60.2)" where clocks leave doubt. */
function minutes(value: number | null, span: Span | null): string {
  if (value === null) return '–';
  if (span === null || span[0] === span[1]) return String(value);
  return `${value.toFixed(1)} (${span[0].toFixed(1)}–${span[1].toFixed(1)})`;
}

/** Han letters take two columns of a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((width, letter) => width + (/[\u1100-\uFFDC]/.test(letter) ? 2 : 1), 0);
