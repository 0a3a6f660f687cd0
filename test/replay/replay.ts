import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { parseStreamMapping } from './mapping.ts';
import { readStream } from './read-stream.ts';
import { runReplay } from './run-replay.ts';

const USAGE =
  'npm run replay -- FILE --mapping MAP [--speed max|N] [--tablets K] [--gaps SEED] [--until TIME] [--json]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mapping: { type: 'string' },
    speed: { type: 'string', default: 'max' },
    tablets: { type: 'string', default: '20' },
    gaps: { type: 'string' },
    until: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
const tablets = Number(values.tablets);
const speed = values.speed === 'max' ? Number.POSITIVE_INFINITY : Number(values.speed);
const until = values.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(values.until);
const isSound = Number.isInteger(tablets) && tablets > 0 && speed > 0 && !Number.isNaN(until);

if (file === undefined || values.mapping === undefined || !isSound) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  const mapping = parseStreamMapping(await readFile(values.mapping, 'utf8'));
  const dataDir = await mkdtemp(join(tmpdir(), 'relight-replay-'));
  const begun = performance.now();
  try {
    const { mismatches, ...counts } = await runReplay({
      stream: readStream(file, mapping),
      system: mapping.order.system,
      dataDir,
      tablets,
      seed: values.gaps ?? '1',
      gaps: values.gaps !== undefined,
      speed,
      until,
      progress: (at, orders) => process.stderr.write(`\r${new Date(at).toISOString()}  ${orders} orders `),
    });
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    const { orders, raised, withdrawn, standing, events, taps, grades } = counts;
    process.stderr.write(
      `\r${events} events, ${taps} taps (A ${grades['A']}, B ${grades['B']}, C ${grades['C']}), ${seconds} s\n`,
    );
    for (const mismatch of mismatches.slice(0, 50)) process.stderr.write(`${mismatch}\n`);
    const result = { orders, raised, withdrawn, standing, mismatches: mismatches.length };
    const names = Object.entries(result).map(([name, count]) => `${name} ${count}`);
    process.stdout.write(`${values.json ? JSON.stringify(result) : names.join(', ')}\n`);
    process.exitCode = mismatches.length === 0 ? 0 : 1;
  } finally {
    await rm(dataDir, { recursive: true });
  }
}
