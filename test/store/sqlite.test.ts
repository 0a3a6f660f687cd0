import { describe } from 'vitest';

import { keptInSqlite } from '../laws/world.ts';
import { logConformance } from './log-conformance.ts';
import { roomsConformance } from './rooms-conformance.ts';

describe('SQLite', () => {
  logConformance(keptInSqlite);
  roomsConformance(keptInSqlite);
});
