import type { CrewId } from '#shared/ids.ts';
import { takenFrom } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { Banner } from '../../ui/banner.tsx';
import { reassignedIcon } from '../../ui/icons.ts';
import { useWords } from '../shell.ts';
import { crewName, personName } from '../who.ts';

/** Who has the order now, by whom and why, what is kept, and what may still be done here. */
export function TakenAway({ view, crew }: { readonly view: OrderView; readonly crew: CrewId }) {
  const { t, f } = useWords();
  const client = useClient();
  const org = client.org.value;
  const end = takenFrom(view.order, crew);
  const { drop } = view;
  if (!end && !drop) return null;

  const to = drop ? drop.to : (end?.next ?? null);
  const by = personName(org, drop?.by ?? end?.by ?? null);
  const reason = drop?.reason ?? end?.reason ?? '';
  const time = end ? f.when(end.at, client.now.value) : '';
  const title =
    drop?.why === 'leftCrew'
      ? t('away.leftCrew')
      : to
        ? t('away.title', { time, crew: crewName(org, to) }).trim()
        : t('away.recalledTitle', { time }).trim();
  return (
    <Banner title={title} tone="ink" icon={reassignedIcon}>
      {by !== '' && <p>{t('away.by', { name: by })}</p>}
      {reason !== '' && <p>{t('away.line', { what: t('away.reason'), text: reason })}</p>}
      <p>{t('away.line', { what: t('away.next'), text: t('away.askDesk') })}</p>
      <p>{t('away.line', { what: t('away.yourRecord'), text: t('away.kept') })}</p>
      <p>{t('away.stillAllowed')}</p>
      <p>{to ? t('away.nowWith', { crew: crewName(org, to) }) : t('away.nowWithNobody')}</p>
    </Banner>
  );
}
