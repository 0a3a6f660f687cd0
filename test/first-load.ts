import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';
import type { ManifestTransform } from 'workbox-build';

/** One entry of Vite's manifest, as far as it is needed here. */
export type Chunk = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
};

export type Manifest = Readonly<Record<string, Chunk>>;

/** Files of `entry`: all that is loaded with it, and with `later` also what it loads when first used. */
export function filesOf(manifest: Manifest, entry: string, { later }: { readonly later: boolean }): readonly string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])]) visit(next);
  };
  visit(entry);
  return [...files].toSorted();
}

/**
 * What the service worker keeps: the crew page under the address it is opened by, all its files, icons; of what only
 * the desk loads nothing.
 */
export function crewFilesOnly(folder: string, page: string): ManifestTransform {
  return (entries) => {
    const manifest = readManifest(folder);
    const files = new Set(filesOf(manifest, page, { later: true }));
    const wanted = entries.filter(({ url }) => url === page || !url.startsWith('assets/') || files.has(url));
    return {
      manifest: wanted.map((entry) =>
        entry.url === page ? { ...entry, url: `/${page.replace('.html', '')}` } : entry,
      ),
      warnings: [],
    };
  };
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;

const LIMIT_BYTES = 80 * 1024;

/** Prints what a tablet loads before it can show its orders, gzipped, and fails the build above 80 KB. */
export function firstLoad(page: string, alsoFirst: readonly string[] = []): Plugin {
  let folder = '';
  return {
    name: 'first-load',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      handler() {
        // A build that failed says so itself.
        if (!existsSync(join(folder, '.vite/manifest.json'))) return;
        const manifest = readManifest(folder);
        const entries = [page, ...alsoFirst];
        const files = new Set([page, ...entries.flatMap((entry) => filesOf(manifest, entry, { later: false }))]);
        const sizes = [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(join(folder, file))).length }));
        const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
        const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
        const lines = sizes.toSorted((a, b) => b.bytes - a.bytes).map(({ file, bytes }) => `  ${kb(bytes)}  ${file}`);
        this.info(`first load of ${page}: ${kb(total)} gzip, limit ${kb(LIMIT_BYTES)}\n${lines.join('\n')}`);
        if (total > LIMIT_BYTES)
          this.warn(`first load of ${page} is over its limit: ${kb(total)} > ${kb(LIMIT_BYTES)}`);
      },
    },
  };
}
