import { join, resolve } from 'node:path';

import { preact } from '@preact/preset-vite';
import { playwright } from '@vitest/browser-playwright';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

import { crewFilesOnly, firstLoad } from './test/first-load.ts';
import { firstTogether } from './test/first-together.ts';
import { wordsAhead } from './test/words-ahead.ts';

const here = import.meta.dirname;
/** `DIST`: a build beside the one that is used here. */
const dist = resolve(here, process.env['DIST'] ?? 'dist');
const anyTest = ['shared', 'server', 'web', 'test'].map((room) => `${room}/**/*.test.ts`);
const inBrowser = ['web/**/*.browser.test.ts', 'web/**/*.browser.test.tsx', 'test/**/*.browser.test.{ts,tsx}'];

export default defineConfig({
  root: 'web',
  plugins: [
    preact(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      // The manifest is a file of its own, and the app registers the worker itself.
      manifest: false,
      injectRegister: false,
      injectManifest: {
        globPatterns: ['crew.html', 'crew.webmanifest', 'icons/*', 'assets/*'],
        manifestTransforms: [crewFilesOnly(dist, 'crew.html')],
      },
    }),
    wordsAhead('crew.html', 'text/crew-words-zh.ts'),
    firstLoad('crew.html', ['text/crew-words-zh.ts']),
  ],
  build: {
    outDir: dist,
    emptyOutDir: true,
    manifest: true,
    // A strict CSP allows no `data:` images, so nothing is inlined.
    assetsInlineLimit: 0,
    // What comes later comes in one file each: a style is waited for, code is not asked for ahead.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, deps, { hostType }) =>
        hostType === 'html' ? deps : deps.filter((dep) => dep.endsWith('.css')),
    },
    // One part in a hundred smaller than the default: the crew app's first load is at its limit.
    minify: 'terser',
    terserOptions: { module: true, compress: { passes: 2 } },
    rolldownOptions: {
      input: { crew: join(here, 'web/crew.html'), desk: join(here, 'web/desk.html') },
      output: { codeSplitting: { groups: [firstTogether(join(here, 'web/crew.tsx'), join(here, 'web/desk.tsx'))] } },
    },
  },
  test: {
    root: here,
    reporters: ['default', join(here, 'test/tally.ts')],
    projects: [
      {
        root: here,
        test: { name: 'unit', environment: 'node', include: anyTest, exclude: inBrowser, maxWorkers: '100%' },
      },
      {
        root: here,
        // Named, so that no test is reloaded because the first one that needs a package finds it.
        optimizeDeps: {
          include: [
            'preact',
            'preact/hooks',
            'preact/jsx-runtime',
            'preact/jsx-dev-runtime',
            '@preact/signals',
            'lucide',
            'zod/mini',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            'idb',
            'leaflet',
            'supercluster',
            'protomaps-leaflet',
            'gcoord',
            'signature_pad',
            'workbox-window',
            'axe-core',
          ],
        },
        test: {
          name: 'browser',
          include: inBrowser,
          maxWorkers: '100%',
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
          },
        },
      },
      {
        root: here,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.e2e.ts'],
          maxWorkers: '100%',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        root: here,
        test: {
          name: 'acceptance',
          environment: 'node',
          include: ['test/acceptance/**/*.acceptance.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
