import { spawn } from 'node:child_process';
import { globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOME = join(import.meta.dirname, '../..');
const SOURCES = ['{web,shared}/**/*.{ts,tsx,css,html}', 'vite.config.ts', 'package-lock.json'];

/** Builds the pages beside the work of this process, when there are none or something they are made of is younger. */
export async function buildWhenStale(): Promise<void> {
  if (youngest(['dist/desk.html']) > youngest(SOURCES)) return;
  // The server serves what lies there, also what comes to lie there later.
  mkdirSync(join(HOME, 'dist'), { recursive: true });
  const vite = join(HOME, 'node_modules/vite/bin/vite.js');
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: HOME, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) throw new Error('the pages could not be built; npm run build says why');
}

/** When the youngest of these files was written, ms; 0: there is none. */
function youngest(patterns: readonly string[]): number {
  let time = 0;
  for (const file of globSync([...patterns], { cwd: HOME })) time = Math.max(time, statSync(join(HOME, file)).mtimeMs);
  return time;
}
