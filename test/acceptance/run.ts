import { startVitest } from 'vitest/node';

import { acceptanceData } from './data.ts';

// Real records are large and licensed by others, so a clone may lie without them: say so and leave the rest green.
if (acceptanceData() === undefined) {
  console.log('acceptance: skipped, no ../shared/data beside this folder (RELIGHT_DATA names another place)');
} else {
  const vitest = await startVitest(process.argv.slice(2), { project: ['acceptance'], run: true });
  await vitest.close();
}
