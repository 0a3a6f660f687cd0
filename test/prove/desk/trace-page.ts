import type { CDPSession } from 'playwright-core';

import type { Page } from '../../e2e/browser.ts';

/** A task of the page's own thread, ms: how long it lasted, and how long the thread was really at work in it. */
export type Task = { readonly wall: number; readonly cpu: number };

type TraceEvent = {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly processId?: number } };
};

/**
 * Watches the tasks of a page. On a machine that others use as well a task lasts longer than it works: only its own time
 * says what the page costs.
 */
export async function tracePage(page: Page): Promise<() => Promise<readonly Task[]>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const one of value as unknown as TraceEvent[])
      if (one.name === 'thread_name' || (one.name.includes('RunTask') && one.dur !== undefined)) events.push(one);
  });
  const categories = 'disabled-by-default-devtools.timeline,toplevel,__metadata';
  await session.send('Tracing.start', { categories, transferMode: 'ReportEvents' });
  return async () => {
    const ended = new Promise<void>((resolve) => {
      session.once('Tracing.tracingComplete', () => resolve());
    });
    await session.send('Tracing.end');
    await ended;
    await session.detach();
    return tasksOf(events);
  };
}

/** Of all the page's processes the busiest main thread is the one that draws it. */
function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const threads = new Map<string, Task[]>();
  for (const { ph, name, args, pid, tid } of events)
    if (ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain') threads.set(`${pid} ${tid}`, []);
  for (const { pid, tid, dur = 0, tdur = 0 } of events)
    threads.get(`${pid} ${tid}`)?.push({ wall: dur / 1_000, cpu: tdur / 1_000 });
  const busy = (tasks: readonly Task[]): number => tasks.reduce((sum, { cpu }) => sum + cpu, 0);
  return [...threads.values()].toSorted((a, b) => busy(b) - busy(a))[0] ?? [];
}
