import './order-facts.css';
import type { Reported } from '#shared/event/intake.ts';

import { callIcon, navigateIcon } from '../../ui/icons.ts';
import { dialledOf } from '../dialled.ts';
import { Hazards } from '../hazards.tsx';
import { LinkButton } from '../link-button.tsx';
import { useWords } from '../shell.ts';

/** What was reported: where, who, in whose words, and what may be dangerous there. */
export function OrderFacts({ report }: { readonly report: Reported }) {
  const { t } = useWords();
  const { customer, point } = report;
  const dialled = customer?.phone === undefined ? null : dialledOf(customer.phone);
  const about = [
    t(`area.${report.area}`),
    ...(report.customers === undefined ? [] : [t('order.customers', { n: report.customers })]),
    ...[report.supply?.transformer ?? []].flat(),
  ];
  return (
    <div class="order-facts">
      <div class="fact-row">
        <div>
          <p class="label">{report.address}</p>
          <p class="meta">{about.join(' · ')}</p>
        </div>
        {point && <LinkButton href={`geo:${point.lat},${point.lon}`} label={t('act.navigate')} icon={navigateIcon} />}
      </div>
      <div class="fact-row">
        <div>
          <p>
            {customer?.name ?? t('order.customer')}{' '}
            {customer?.phone !== undefined && <span class="tabular">{customer.phone}</span>}
          </p>
          {customer?.account !== undefined && <p class="meta">{t('order.account', { n: customer.account })}</p>}
          {customer?.phone === undefined && <p class="meta">{t('order.noPhone')}</p>}
          {customer?.phone !== undefined && dialled === null && <p class="meta">{t('order.phoneMasked')}</p>}
        </div>
        {dialled !== null && <LinkButton href={`tel:${dialled}`} label={t('act.call')} icon={callIcon} />}
      </div>
      {report.words !== undefined && (
        <p>
          <span class="meta">{t('order.saidByCustomer')}</span> {report.words}
        </p>
      )}
      <Hazards report={report} />
    </div>
  );
}
