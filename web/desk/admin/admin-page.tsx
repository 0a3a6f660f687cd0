import './admin-page.css';
import { useSignal } from '@preact/signals';

import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { PageHead } from '../page-head.tsx';
import { Crews } from './crews.tsx';
import { Devices } from './devices.tsx';
import { People } from './people.tsx';
import { Rules } from './rules.tsx';
import { Units } from './units.tsx';

const PARTS = ['devices', 'crews', 'people', 'units', 'rules'] as const;

/** Who works here and on what: tablets with their codes, crews, people, units. */
export function AdminPage() {
  const { t } = useWords();
  const part = useSignal<(typeof PARTS)[number]>('devices');
  return (
    <div class="desk-page">
      <PageHead title={t('admin.title')} />
      <main>
        <div class="page-parts">
          <SegmentedChoice
            label={t('admin.part')}
            options={PARTS.map((value) => ({ value, label: t(`admin.${value}`) }))}
            value={part.value}
            onChoose={(value) => (part.value = value)}
          />
        </div>
        <div class="page-main">
          {part.value === 'devices' && <Devices />}
          {part.value === 'crews' && <Crews />}
          {part.value === 'people' && <People />}
          {part.value === 'units' && <Units />}
          {part.value === 'rules' && <Rules />}
        </div>
      </main>
    </div>
  );
}
