import './import-page.css';
import { useSignal } from '@preact/signals';

import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { useWords } from '../desk-state.ts';
import { PageHead } from '../page-head.tsx';
import { CustomersImport } from './customers-import.tsx';
import { OrdersImport } from './orders-import.tsx';
import { ReferenceImport } from './reference-import.tsx';
import { TabletFile } from './tablet-file.tsx';

const PARTS = ['orders', 'reference', 'customerList', 'tablet'] as const;

/** What others have in files: orders of another system, where the grid's equipment stands, who the customers are. */
export function ImportPage() {
  const { t } = useWords();
  const part = useSignal<(typeof PARTS)[number]>('orders');
  return (
    <div class="desk-page">
      <PageHead title={t('import.title')} />
      <main>
        <div class="page-parts">
          <SegmentedChoice
            label={t('import.part')}
            options={PARTS.map((value) => ({ value, label: t(`import.${value}`) }))}
            value={part.value}
            onChoose={(value) => (part.value = value)}
          />
        </div>
        {part.value === 'orders' && <OrdersImport />}
        {part.value === 'reference' && <ReferenceImport />}
        {part.value === 'customerList' && <CustomersImport />}
        {part.value === 'tablet' && <TabletFile />}
      </main>
    </div>
  );
}
