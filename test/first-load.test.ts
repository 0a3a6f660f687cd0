import { expect, test } from 'vitest';

import { filesOf, type Manifest } from './first-load.ts';

const manifest: Manifest = {
  'crew.html': { file: 'crew.js', css: ['crew.css'], imports: ['_shared.js'], dynamicImports: ['map.ts'] },
  'desk.html': { file: 'desk.js', imports: ['_shared.js'] },
  '_shared.js': { file: 'shared.js', dynamicImports: ['crew.html'] },
  'map.ts': { file: 'map.js', assets: ['marker.png'], imports: ['_shared.js'] },
};

test('a page loads its own files and what they import, not what is loaded when used', () => {
  expect(filesOf(manifest, 'crew.html', { later: false })).toEqual(['crew.css', 'crew.js', 'shared.js']);
});

test('a page offline needs also what it loads when used, and nothing of another page', () => {
  expect(filesOf(manifest, 'crew.html', { later: true })).toEqual([
    'crew.css',
    'crew.js',
    'map.js',
    'marker.png',
    'shared.js',
  ]);
});
