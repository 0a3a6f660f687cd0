import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';

import { keepBuild, keptBuildsFolder } from '../device/kept-builds.ts';
import { createLog } from '../device/log.ts';
import { workerSwitch } from '../device/worker-switch.ts';
import type { Env } from './env.ts';
import { onError } from './on-error.ts';
import { staticFiles } from './static-files.ts';

/** A server after one deployment: the build before it lies only where it was kept. */
async function deployed() {
  const home = await mkdtemp(join(tmpdir(), 'relight-static-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const dataDir = join(home, 'data');
  for (const [at, name] of ['old', 'new'].entries()) {
    const dist = join(home, name);
    await mkdir(join(dist, 'assets'), { recursive: true });
    await writeFile(join(dist, 'crew.html'), `<!doctype html><title>${name}</title>`);
    await writeFile(join(dist, 'sw.js'), `/* ${name} worker */`);
    await writeFile(join(dist, 'assets', `crew-${name}.js`), `/* ${name} */`);
    await keepBuild({ dist, dataDir, now: Date.parse('2026-11-21T12:00:00Z') + at });
  }
  const worker = workerSwitch(dataDir);
  const pages = { dist: join(home, 'new'), dataDir, kept: keptBuildsFolder(dataDir), workerOff: worker.isOff };
  const app = new Hono<Env>();
  app.onError(onError(createLog('silent')));
  app.route('/', staticFiles(pages));
  return { worker, ask: (path: string) => app.request(`http://localhost${path}`) };
}

test('a page that is still open gets the files of its own build', async () => {
  const { ask } = await deployed();
  for (const name of ['old', 'new']) {
    const answer = await ask(`/assets/crew-${name}.js`);
    expect([answer.status, await answer.text()]).toEqual([200, `/* ${name} */`]);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-type')).toContain('javascript');
  }
  expect(await (await ask('/crew')).text()).toContain('<title>new</title>');
});

test.each(['/assets/crew-other.js', '/assets/', '/assets/%2e%2e/builds.json', '/pages/builds.json'])(
  '%s is not there: never a page in the place of code, and no cache keeps that',
  async (path) => {
    const answer = await (await deployed()).ask(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).not.toContain('html');
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
  },
);

test('switched off, the worker is one that leaves; switched on again, the build’s own is back', async () => {
  const { worker, ask } = await deployed();
  const text = async (): Promise<string> => {
    const answer = await ask('/sw.js');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    return answer.text();
  };
  expect(await text()).toBe('/* new worker */');
  worker.set('off');
  worker.set('off');
  expect(await text()).toContain('registration.unregister()');
  worker.set('on');
  worker.set('on');
  expect(await text()).toBe('/* new worker */');
});
