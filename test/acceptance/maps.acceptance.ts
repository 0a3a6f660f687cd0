import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { checkPackFile } from '../../server/maps/pack-file.ts';
import { acceptanceData } from './data.ts';

const data = acceptanceData();
const folder = data && join(data, 'basemap-pmtiles');

const EXPECTED: Readonly<Record<string, string>> = {
  'js-test_empty.pmtiles': 'empty',
  'js-test_invalid.pmtiles': 'notPmtiles',
  'js-test_invalid_v4.pmtiles': 'version',
  'js-test_test_fixture_1.pmtiles': 'noStreets',
  'js-test_test_fixture_2.pmtiles': 'noStreets',
  'js-test_test_fixture_mlt.pmtiles': 'tileType',
  'sf.pmtiles': 'accepted',
  'tpe_sample_v3_derived.pmtiles': 'accepted',
};

describe.skipIf(!folder)('archives of others', () => {
  test.each(folder ? readdirSync(folder).filter((file) => file.endsWith('.pmtiles')) : [])(
    '%s is accepted, or refused with its reason',
    async (file) => {
      const found = await checkPackFile(join(folder ?? '', file));
      expect(found.ok ? 'accepted' : found.error.code).toBe(EXPECTED[file]);
      expect(found.ok ? found.value.attribution : '© OpenStreetMap').toContain('OpenStreetMap');
    },
  );
});
