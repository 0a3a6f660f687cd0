import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Reporter, TestModule } from 'vitest/node';

/** One line `passed failed` per vitest run in `reports/tally`, which `.ci/run` adds up. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = states.filter((state) => state === 'failed').length + broken + unhandledErrors.length;
    const folder = join(import.meta.dirname, '../reports');
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, 'tally'), `${passed} ${failed}\n`);
  }
}
