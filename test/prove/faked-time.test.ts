import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, onTestFinished, test } from 'vitest';

import { fakedTime } from './faked-time.ts';

const HOUR_S = 3_600;
type Said = { readonly now: number; readonly wall: number; readonly jump: { readonly by: number } | null };

const probe = mkdtempSync(join(tmpdir(), 'relight-faked-'));
const canFake = fakedTime(probe) !== null;
rmSync(probe, { recursive: true });

/**
 * Each jump comes once the one before it was seen in the process's wall clock. A monotonic clock that is set back stops
 * every timer of a process, so there only the way forward can be watched.
 */
test.skipIf(!canFake).each([
  { alsoMonotonic: false, jumps: [HOUR_S, -HOUR_S, 0] },
  { alsoMonotonic: true, jumps: [HOUR_S, 2 * HOUR_S] },
])(
  'a wall clock that libfaketime moves does not move server time: %o',
  async ({ alsoMonotonic, jumps }) => {
    const folder = mkdtempSync(join(tmpdir(), 'relight-faked-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const time = fakedTime(folder, { alsoMonotonic })!;
    const child = spawn(process.execPath, [join(import.meta.dirname, 'tell-clock.ts')], {
      env: { ...process.env, ...time.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      time.tidy(child.pid ?? 0);
    });

    const left = [...jumps];
    let current = 0;
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const { now, wall, jump } = JSON.parse(line) as Said;
      // A line may lie in the pipe for a while, but it is never from later.
      expect(now - Date.now()).toBeLessThan(100);
      expect(Date.now() - now).toBeLessThan(20_000);
      const shows = Math.round((wall - now) / 1_000);
      expect(Math.round((jump?.by ?? 0) / 1_000)).toBe(shows);
      if (shows !== current) continue;
      seen += 1;
      const next = left.shift();
      if (next === undefined) break;
      time.set(next);
      current = next;
    }
    expect(seen).toBe(jumps.length + 1);
  },
  30_000,
);
