import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { freePort, startServerProcess } from '../e2e/server-process.ts';
import type { Figure, Prove } from './proof.ts';

/** As it is installed beside the project: it is bigger than all the tools of the project that run on one page. */
const VERSION = '13.5.0';
const INSTALL = `Lighthouse is not here: npm install --no-save lighthouse@${VERSION}, or LIGHTHOUSE=its folder`;

const PAGES = ['/crew', '/desk'] as const;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LEAST = 95;

/** Of Lighthouse's answer what is judged; `score`: 0 … 1, null: it does not apply. */
type Scored = { readonly score: number | null; readonly title: string };
type Answer = {
  readonly lhr: {
    readonly categories: {
      readonly [name: string]: Scored & {
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      };
    };
    readonly audits: { readonly [id: string]: Scored & { readonly displayValue?: string } };
  };
  readonly report: string;
};
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Answer | undefined>;
type Launched = { readonly port: number; readonly kill: () => void };

/**
 * Both apps as the built server gives them out, looked at by Lighthouse as it looks at any page: the crew app as on a
 * slow phone, the desk as on a desk. Its numbers for speed come from the machine: one that is busy fails without reason.
 */
export const lighthouse: Prove = async ({ dir, log, quick }) => {
  const tools = await load();
  const home = mkdtempSync(join(tmpdir(), 'relight-lighthouse-'));
  mkdirSync(join(home, 'data'));
  const server = await startServerProcess({ dataDir: join(home, 'data'), port: await freePort() });
  const chrome = await tools.launch({
    chromePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const figures: Record<string, Figure> = { 'load of the machine': Math.round(loadavg()[0]! * 10) / 10 };
  const failures: string[] = [];
  const busy = loadavg()[0]! > cpus().length;
  try {
    for (const page of PAGES) {
      const flags = { port: chrome.port, output: 'html', logLevel: 'error', onlyCategories: CATEGORIES };
      const config = page === '/desk' ? tools.desktop : undefined;
      const answer = await tools.run(`${server.url}${page}`, flags, config);
      if (!answer) throw new Error(`Lighthouse said nothing of ${page}`);
      writeFileSync(join(dir, `${page.slice(1)}.html`), answer.report);
      for (const name of CATEGORIES) {
        const category = answer.lhr.categories[name];
        const score = Math.round((category?.score ?? 0) * 100);
        figures[`${page} ${name}`] = score;
        const why = (category?.auditRefs ?? [])
          .filter(({ id, weight }) => weight > 0 && (answer.lhr.audits[id]?.score ?? 1) < 0.9)
          .map(({ id }) => `${id} ${answer.lhr.audits[id]?.displayValue ?? ''}`.trim());
        if (why.length > 0) log(`${page} ${name} ${score}: ${why.join(', ')}`);
        const excused = name === 'performance' && (busy || quick);
        if (score < LEAST && !excused) failures.push(`${page} ${name}: ${score} is less than ${LEAST}`);
      }
    }
  } finally {
    chrome.kill();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
  return { runs: PAGES.length * CATEGORIES.length, faults: 0, acked: 0, failures, figures };
};

/** Lighthouse and what it starts the browser with; it brings the second. */
async function load(): Promise<{ run: Lighthouse; desktop: object; launch: (options: object) => Promise<Launched> }> {
  const folder = process.env['LIGHTHOUSE'] ?? join(import.meta.dirname, '../../node_modules');
  const open = async (path: string): Promise<Record<string, unknown>> => {
    try {
      return (await import(pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
    } catch (cause) {
      throw new Error(INSTALL, { cause });
    }
  };
  const main = await open('lighthouse/core/index.js');
  const chrome = await open('chrome-launcher/dist/index.js');
  // What they export is theirs to say; their types are not here either.
  return {
    run: main['default'] as Lighthouse,
    desktop: main['desktopConfig'] as object,
    launch: chrome['launch'] as (options: object) => Promise<Launched>,
  };
}
