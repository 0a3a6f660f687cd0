import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

/** The README's first real use and its restore drill, line by line, on an empty DATA_DIR. */
const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const use = chapter('First real use');
const running = chapter('Running it');

/** What needs a machine of its own, or stays running. Whatever else stands in these chapters is carried out. */
const NOT_HERE =
  /^(DATABASE_URL=|npm run build && npm start|useradd|cd \/opt|cp server\/deploy|systemctl|podman|git pull)/;

let home: string;
let said: Readonly<Record<string, string>>;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'relight-first-use-'));
  // The folder stands for a clone: the same scripts, started by the same words, beside files of its own.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly relight: string };
  };
  const relight = scripts.relight.replace('server/', `${root}/server/`);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'relight', scripts: { relight } }));
  writeFileSync(join(home, 'oms.json'), fences(use, 'json')[0] ?? '');
  writeFileSync(join(home, 'outages.csv'), 'no,place,called at,kind\n1,幸福路 18 号,2026-11-20 14:02,town\n');
  writeFileSync(join(home, 'customers.csv'), '户号,地址\n4101,幸福路18号\n');
  mkdirSync(join(home, 'copies'));
  said = Object.fromEntries(
    [...linesOf(use), ...linesOf(running)].filter((line) => !NOT_HERE.test(line)).map((line) => [line, run(line)]),
  );
}, 240_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test('units, crews, people, rules, certificates, tablets and orders are there after the first real use', () => {
  expect(Object.keys(said).length).toBeGreaterThanOrEqual(18);
  expect(answerTo('tls')).toMatch(/ca\.crt/);
  expect(answerTo('rules check')).toContain('is in order');
  expect(answerTo('enrol-code')).toMatch(/[A-Z0-9]{4}-[A-Z0-9]{4}/);
  expect(readdirSync(join(home, 'data'))).toEqual(expect.arrayContaining(['relight.db', 'tls']));
  const kinds = run('npm run -s relight -- log --ndjson')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
  const made = ['unitMade', 'crewMade', 'personMade', 'rulePackActivated', 'reported'];
  expect(made.filter((kind) => !kinds.includes(kind))).toEqual([]);
  const customers = Object.entries(said).filter(([line]) => line.includes('customers import'));
  expect(customers.map(([, answer]) => answer)).toEqual([
    expect.stringMatching(/Dry run: nothing was written[^]*1 new/),
    expect.stringContaining('1 new, 0 changed'),
  ]);
  // The dry run brought nothing in, the import one order.
  expect(kinds.filter((kind) => kind === 'reported')).toHaveLength(1);
});

test('the restore drill reads a copy back from end to end, and leaves nothing', () => {
  expect(said['DATA_DIR=drill npm run relight -- verify']).toMatch(/\d+/);
  // One of the drill, one before the upgrade.
  expect(readdirSync(join(home, 'copies')).filter((name) => name.endsWith('.db'))).toHaveLength(2);
  expect(readdirSync(home)).not.toContain('drill');
});

test('a line that fails is noticed', () => {
  expect(() => run('npm run relight -- unit add --name 青山供电公司 --level station --parent 没有')).toThrow(/没有/);
});

/** Runs one line as a shell would; throws with what was said when it fails. */
function run(line: string): string {
  const env = { ...process.env, PASSWORD: '三相四线-2026', BACKUP_DIR: join(home, 'copies'), DATA_DIR: '' };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: home, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${line}\n${stdout}${stderr}`);
  return stdout;
}

function answerTo(verb: string): string {
  const [, answer = ''] = Object.entries(said).find(([line]) => line.includes(`relight -- ${verb}`)) ?? [];
  return answer;
}

function chapter(title: string): string {
  const from = readme.indexOf(`## ${title}\n`);
  if (from < 0) throw new Error(`no chapter ${title}`);
  const to = readme.indexOf('\n## ', from + 1);
  return readme.slice(from, to < 0 ? undefined : to);
}

function fences(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code ?? '');
}

function linesOf(text: string): readonly string[] {
  return fences(text, 'sh').flatMap((code) => code.split('\n').filter((line) => line.trim() !== ''));
}
