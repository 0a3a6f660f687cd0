import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Picture } from './covering-set.ts';
import type { Look } from './look.ts';
import { type Check, type Question, QUESTIONS } from './questions.ts';

export type Taken = { readonly name: string; readonly picture: Picture; readonly look: Look };

const CHECKS: Readonly<Record<Check, string>> = {
  axe: 'rules of axe-core broken',
  sideways: 'pages wider than the screen',
  cut: 'words their box is too small for',
  overlaps: 'words over other words',
  small: 'targets smaller than 112 / 96 / 72 px (crew) or 24 px (desk)',
  pale: 'text under 4.5:1, in the sun under 10:1',
  type: 'Han under 16 px (crew) or 14 px (desk), prose with a leading under 1.45',
  dancing: 'times and counts whose digits change their width',
  leftOver: 'Chinese of ours on English pages',
  colours: 'hues besides grey, red, amber and blue',
  bright: 'areas by night brighter than 0.035',
  moving: 'things that move for ever',
  unfocused: 'targets without a ring when the keyboard comes to them',
};

/** REVIEW.md beside this file: the questions answered from these pictures and from what a person saw. */
export function writeReview(taken: readonly Taken[]): void {
  const pieces = sum(taken.map(({ look }) => look.pieces));
  const targets = sum(taken.map(({ look }) => look.targets));
  const lines = [
    '# The screens, looked at',
    '',
    'Written by `npm run screens -- --all`; judgements by a person are kept in `questions.ts`. Pictures lie in `artefacts/screens`, which is not committed: take them anew to look at them.',
    '',
    `${taken.length} pictures of ${new Set(taken.map(({ picture }) => `${picture.app} ${picture.scene}`)).size} screens; ${pieces} pieces of text and ${targets} targets were judged.`,
    '',
    ...table(
      ['pictures', 'size', 'themes and languages'],
      [...Map.groupBy(taken, ({ picture }) => `${picture.app} ${sizeOf(picture)}`)].map(([of, some]) => [
        String(some.length),
        of,
        [...new Set(some.map(({ picture }) => `${picture.theme} ${picture.lang}`))].join(', '),
      ]),
    ),
    '',
    '## The questions',
    '',
    ...table(
      ['', 'question', 'answer', 'by machine', 'by eye', 'see'],
      QUESTIONS.map((question, index) => answered(question, index + 1, taken)),
    ),
    '',
    '## What a machine looked for',
    '',
    ...table(
      ['findings', 'of', 'where'],
      Object.entries(CHECKS).map(([check, words]) => {
        const found = taken.filter(({ look }) => foundBy(look, check).length > 0);
        const all = sum(found.map(({ look }) => foundBy(look, check).length));
        return [
          String(all),
          words,
          found
            .slice(0, 3)
            .map(({ name, look }) => `${name}: ${foundBy(look, check)[0]}`)
            .join('; '),
        ];
      }),
    ),
    '',
    `The least contrast of any text: ${['light', 'night', 'sun'].map((theme) => `${theme} ${leastIn(taken, theme)}`).join(', ')}. Each of these checks has a control that it has to catch, in \`look.browser.test.ts\`.`,
    '',
  ];
  writeFileSync(join(import.meta.dirname, 'REVIEW.md'), lines.join('\n'));
}

function answered({ asks, of, checks, answer, seen, look }: Question, n: number, taken: readonly Taken[]): string[] {
  const of_ = taken.filter(({ picture }) => of === 'both' || picture.app === of);
  const found = sum(of_.flatMap((one) => checks.map((check) => foundBy(one.look, check).length)));
  const machine = checks.length === 0 ? '–' : `${checks.join(', ')}: ${found} in ${of_.length}`;
  return [String(n), asks, found > 0 ? `${answer}, but for ${found}` : answer, machine, seen, look.join(', ')];
}

/** A name of a check that stands in another table of strings is looked up with care. */
function foundBy(look: Look, check: string): readonly string[] {
  const found: unknown = Reflect.get(look, check);
  return Array.isArray(found) ? found.map(String) : [];
}

const sizeOf = ({ size }: Picture): string => `${size.width} × ${size.height}`;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const leastIn = (taken: readonly Taken[], theme: string): string =>
  Math.min(...taken.filter(({ picture }) => picture.theme === theme).map(({ look }) => look.least)).toFixed(1);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
};
