import { join } from 'node:path';

import { preact } from '@preact/preset-vite';
import { build } from 'vite';

const WEB = join(import.meta.dirname, '../../../web');

/** Builds the desk's page as it is now into a folder of its own: a build made beside a measurement never mixes with it. */
export async function buildDesk(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: WEB,
    logLevel: 'error',
    plugins: [preact()],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: 'terser',
      terserOptions: { module: true, compress: { passes: 2 } },
      rolldownOptions: { input: { desk: join(WEB, 'desk.html') } },
    },
  });
}
