import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, type BrowserContext, type Page } from 'playwright-core';

import { pause } from './server-process.ts';

export type { Page } from 'playwright-core';

/** A Chromium process with a profile of its own, as on a tablet: it can be killed and opened again. */
export type Tablet = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every process of it dies at once, nothing is closed or flushed. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  /** What the page's clocks show more than the machine's; `moveClocks` changes it while the page is open. */
  readonly clocks?: Clocks;
};

/** Added to the wall clock and to the monotonic clock, ms. Time that passes moves both; in a sleep the second stands still. */
export type Clocks = { readonly wallMs: number; readonly monoMs: number };

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
  '--remote-debugging-port=0',
];

/** Opens Chromium on a profile directory. The network is not touched: cut it by stopping the server. */
export async function openTablet({ profile, width, height, clocks = RIGHT }: Options): Promise<Tablet> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(
    process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: 'ignore',
      detached: true,
    },
  );
  const port = await until(() => existsSync(portFile) && readFileSync(portFile, 'utf8').split('\n')[0]);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const context = browser.contexts()[0];
  if (!context) throw new Error('a browser without a context');
  await context.addInitScript(shiftClocks, clocks);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.setViewportSize({ width, height });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
    await gone;
  };
  return {
    page,
    context,
    kill: () => end('SIGKILL'),
    close: async () => {
      // Switched off in order: cookies and the rest are written out first.
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      await Promise.race([gone, pause(10_000)]);
      await end('SIGKILL');
    },
  };
}

const RIGHT: Clocks = { wallMs: 0, monoMs: 0 };

/** Moves an open page's clocks past the machine's; a reload keeps them there. */
export async function moveClocks(page: Page, clocks: Clocks): Promise<void> {
  await page.context().addInitScript(shiftClocks, clocks);
  await page.evaluate(shiftClocks, clocks);
}

/** Time passes for an open page: both clocks show `shiftMs` more than the machine's. */
export const moveClock = (page: Page, shiftMs: number): Promise<void> =>
  moveClocks(page, { wallMs: shiftMs, monoMs: shiftMs });

/** Runs in the page before its own scripts: each clock reads later by a shift that a test can change. */
function shiftClocks({ wallMs, monoMs }: Clocks): void {
  const moved = Reflect.has(globalThis, '__wallMs');
  Reflect.set(globalThis, '__wallMs', wallMs);
  Reflect.set(globalThis, '__monoMs', monoMs);
  if (moved) return;
  const shift = (): number => Number(Reflect.get(globalThis, '__wallMs'));
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  const realMono = performance.now.bind(performance);
  class MovedDate extends RealDate {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(realNow() + shift());
      else super(...(args as [number]));
    }
    static override now(): number {
      return realNow() + shift();
    }
  }
  Reflect.set(globalThis, 'Date', MovedDate);
  performance.now = () => realMono() + Number(Reflect.get(globalThis, '__monoMs'));
}

async function until<T>(probe: () => T | false | undefined | ''): Promise<T> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const found = probe();
    if (found) return found;
    await pause(25);
  }
  throw new Error('the browser did not start in 30 s');
}
