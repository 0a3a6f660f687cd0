import { describe, vi } from 'vitest';

import { keptInSqlite } from '../laws/world.ts';
import { logConformance } from './log-conformance.ts';
import { roomsConformance } from './rooms-conformance.ts';

// Each test makes a database of its own.
vi.setConfig({ testTimeout: 60_000 });

describe('SQLite', () => {
  logConformance(keptInSqlite);
  roomsConformance(keptInSqlite);
});
