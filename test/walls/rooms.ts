/** What a room may import. A file may always import its own room; tests may import anything and nobody imports a test. */
export type Room = {
  /** Rooms it may import at run time. */
  readonly may: readonly string[];
  /** Rooms of which it may only use types. */
  readonly types?: readonly string[];
  /** Packages it may import: the name, or a path inside it such as `zod/mini`. `node:` stands for Node's own modules. */
  readonly npm?: readonly string[];
  /** Its folders are features: one may not import another, so each can be deleted with `rm -r`. */
  readonly features?: true;
};

const words = ['shared', 'shared/time'];
const pure = [...words, 'shared/event', 'shared/order', 'shared/sla', 'shared/sync', 'shared/api'];
const engine = [...pure, 'shared/engine'];
const preact = ['preact', '@preact/signals'];
const screens = {
  may: ['web/read', 'web/write', 'web/ui', 'web/map', 'web/text', ...pure],
  types: ['web/client.ts', 'shared/engine'],
  npm: [...preact, 'lucide'],
  features: true,
} as const;
const crewRooms = ['web/read', 'web/write', 'web/sync', 'web/storage', 'web/device', ...engine];

/** The house. A key is a folder, or one file that wires rooms together; the longest key that fits a file is its room. */
export const rooms: Readonly<Record<string, Room>> = {
  shared: { may: [], npm: ['zod/mini', '@noble/hashes'] },
  'shared/time': { may: ['shared'], npm: ['zod/mini'] },
  'shared/event': { may: words, npm: ['zod/mini'] },
  'shared/order': { may: [...words, 'shared/event'], npm: ['zod/mini'] },
  'shared/sla': { may: [...words, 'shared/event', 'shared/order'], npm: ['zod/mini'] },
  'shared/sync': { may: pure.filter((room) => room !== 'shared/api'), npm: ['zod/mini'] },
  'shared/api': { may: pure, npm: ['zod/mini'] },
  'shared/engine': { may: pure, npm: ['zod/mini'] },

  'web/crew.tsx': { may: ['web/crew', 'web/ui', 'web/text', 'web/client.ts', ...crewRooms], npm: preact },
  'web/desk.tsx': { may: ['web/desk', 'web/ui', 'web/text', 'web/client.ts', ...crewRooms], npm: preact },
  'web/client.ts': { may: crewRooms },
  'web/crew': screens,
  'web/desk': screens,
  'web/ui': { may: [], npm: [...preact, 'lucide', 'signature_pad', 'uqr'] },
  // Every building block on one page, for looking at.
  'web/gallery': { may: ['web/ui', 'web/text'], npm: preact },
  'web/map': { may: ['web/ui'], types: pure, npm: ['leaflet', 'supercluster', 'protomaps-leaflet', 'gcoord'] },
  'web/text': { may: pure },
  'web/read': { may: ['web/storage', 'web/device', ...engine], npm: preact },
  'web/write': { may: ['web/storage', 'web/device', ...engine], npm: ['@preact/signals'] },
  'web/sync': { may: ['web/storage', 'web/device', ...engine] },
  'web/storage': { may: engine, npm: ['idb'] },
  'web/device': { may: engine, npm: ['workbox-window'] },
  'web/sw': { may: [], npm: ['workbox-precaching', 'workbox-routing'] },

  'server/main.ts': { may: ['server/start.ts', 'server/config.ts', 'server/device', ...pure], npm: ['node:'] },
  'server/start.ts': {
    may: ['server/app.ts', 'server/config.ts', 'server/open-services.ts', 'server/device', 'server/tls', ...pure],
    npm: ['node:', '@hono/node-server'],
  },
  'server/open-services.ts': {
    may: ['server/config.ts', 'server/maps', 'server/services', 'server/store', 'server/device', ...pure],
  },
  'server/app.ts': {
    may: ['server/routes', 'server/http', ...pure],
    types: ['server/services', 'server/device'],
    npm: ['hono'],
  },
  'server/config.ts': { may: pure, npm: ['node:', 'zod'] },
  'server/routes': {
    may: ['server/services', 'server/http', ...pure],
    types: ['server/device'],
    npm: ['node:', 'hono'],
  },
  'server/http': {
    may: pure,
    types: ['server/services', 'server/device'],
    npm: ['node:', 'hono', '@hono/node-server', 'zod'],
  },
  'server/services': { may: ['server/store', 'server/import', 'server/device', ...pure], npm: ['node:'] },
  'server/store': { may: pure, npm: ['node:', 'drizzle-orm', 'better-sqlite3', 'pg'] },
  'server/device': { may: pure, npm: ['node:', 'pino'] },
  'server/tls': { may: pure, npm: ['node:', '@peculiar/x509', 'reflect-metadata', 'uqr'] },
  'server/maps': { may: pure, npm: ['node:', 'pmtiles', '@mapbox/vector-tile', 'pbf'] },
  'server/import': { may: pure, npm: ['node:', 'zod', 'proj4'] },
  'server/cli': {
    may: [
      'server/import',
      'server/maps',
      'server/services',
      'server/store',
      'server/device',
      'server/tls',
      'server/config.ts',
      ...pure,
    ],
    npm: ['node:'],
  },
  'server/demo': {
    may: [
      'server/start.ts',
      'server/open-services.ts',
      'server/config.ts',
      'server/services',
      'server/store',
      'server/device',
      ...engine,
    ],
    npm: ['node:'],
  },
};

/** A dependency is the tenant of one room. These live in several, each for its reason. */
export const severalRooms: Readonly<Record<string, string>> = {
  'zod/mini': 'schemas stand beside what they describe, all over shared',
  zod: 'the server parses what comes from outside in more than one door',
  preact: 'screens and their building blocks',
  '@preact/signals': 'what is read is a signal, up to the screen that shows it',
  uqr: 'a code is shown on a terminal and on a screen',
  lucide: 'an icon stands where it is used; each is bundled alone',
  hono: 'routes, their wiring and what guards them',
  '@hono/node-server': 'the connection is wired at the top, static files are served in http',
};

/** Files over the limit, with why. The list may only shrink, and no file on it may grow. */
export const longFiles: Readonly<Record<string, { readonly lines: number; readonly because: string }>> = {};

export const maxLines = 300;
