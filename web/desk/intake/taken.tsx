import type { OrderId } from '#shared/ids.ts';

import { CustodyLine } from '../../ui/custody-line.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';

/** The number to tell the customer, and where the report is now: 本机已存 → 中心已收. */
export function Taken({ id }: { readonly id: OrderId }) {
  const desk = useDesk();
  const { t } = useWords();
  const line = desk.client.order(id).value?.events[0];
  const here = line === undefined || line.custody === 'here';
  return (
    <div class="intake-taken" role="status">
      <span class="number">{id}</span>
      <CustodyLine
        state={here ? 'onTablet' : line.custody}
        word={t(here ? 'custody.onTablet' : `custody.${line.custody}`)}
      />
      <QuietButton
        label={t('act.open')}
        onTap={() => {
          desk.layer.value = 'none';
          desk.open(id);
        }}
      />
    </div>
  );
}
