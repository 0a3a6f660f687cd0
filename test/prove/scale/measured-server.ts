import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * The server as it is, and how long its event loop was held up: a message `{ file }` writes what was seen since the last one
 * there, in ms, and begins anew.
 */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

process.on('message', ({ file }: { readonly file: string }) => {
  writeFileSync(file, JSON.stringify({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }));
  delay.reset();
  process.send?.({ done: true });
});

await import('../../../server/main.ts');
