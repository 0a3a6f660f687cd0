import type { CDPSession } from 'playwright-core';

import type { Page } from '../../e2e/browser.ts';

/**
 * A task of the page's own thread, ms: how long it lasted, and how long the thread was really at work in it. `at`: since
 * the watching began; `inside`: of a long one, what it did and for how long.
 */
export type Task = {
  readonly at: number;
  readonly wall: number;
  readonly cpu: number;
  readonly inside?: readonly string[];
};

type TraceEvent = {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly type?: string;
    readonly data?: { readonly type?: string; readonly functionName?: string; readonly lineNumber?: number };
  };
};

/** From so long on what a task did is told, and every part of it that took so long, µs. */
const LONG_US = 40_000;
const PART_US = 2_000;

/**
 * Watches the tasks of a page. On a machine that others use as well a task lasts longer than it works: only its own time
 * says what the page costs.
 */
export async function tracePage(page: Page): Promise<() => Promise<readonly Task[]>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const one of value as unknown as TraceEvent[])
      if (one.name === 'thread_name' || isTask(one) || (one.dur ?? 0) > PART_US) events.push(one);
  });
  const categories = 'disabled-by-default-devtools.timeline,devtools.timeline,__metadata';
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

const isTask = ({ name, dur }: TraceEvent): boolean => name === 'RunTask' && dur !== undefined;

/** Of all the page's processes the busiest main thread is the one that draws it. */
function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const threads = new Map<string, TraceEvent[]>();
  for (const { ph, name, args, pid, tid } of events)
    if (ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain') threads.set(`${pid} ${tid}`, []);
  for (const one of events) if (one.ph === 'X') threads.get(`${one.pid} ${one.tid}`)?.push(one);
  const busy = (thread: readonly TraceEvent[]): number =>
    thread.filter(isTask).reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  const [thread = []] = [...threads.values()].toSorted((a, b) => busy(b) - busy(a));
  const tasks = thread.filter(isTask).toSorted((a, b) => a.ts - b.ts);
  const start = tasks[0]?.ts ?? 0;
  return tasks.map((one) => {
    const { ts, dur = 0, tdur = 0 } = one;
    const task = { at: (ts - start) / 1_000, wall: dur / 1_000, cpu: tdur / 1_000 };
    return dur < LONG_US ? task : { ...task, inside: partsOf(one, thread) };
  });
}

/** Lasting ms and own ms of each part, in order, those within others after them. */
const partsOf = (task: TraceEvent, thread: readonly TraceEvent[]): readonly string[] =>
  thread
    .filter(({ ts, dur = 0 }) => ts >= task.ts && ts + dur <= task.ts + (task.dur ?? 0))
    .filter((one) => one !== task)
    .toSorted((a, b) => a.ts - b.ts)
    .map((one) => `${nameOf(one)} ${Math.round((one.dur ?? 0) / 1_000)}/${Math.round((one.tdur ?? 0) / 1_000)}`);

function nameOf({ name, args }: TraceEvent): string {
  const { type, functionName } = args?.data ?? {};
  return [name, type ?? args?.type, functionName].filter(Boolean).join(' ');
}
