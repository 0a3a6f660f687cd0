import type { CrewId } from '#shared/ids.ts';
import { takenFrom } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { Banner } from '../../ui/banner.tsx';
import { callIcon, reassignedIcon } from '../../ui/icons.ts';
import { dialledOf } from '../dialled.ts';
import { LinkButton } from '../link-button.tsx';
import { usePageWords } from '../page-words.ts';
import { returnWord } from '../reason-words.ts';
import { crewName, personName } from '../who.ts';

/** Who has the order now, by whom and why, what is kept, and what may still be done here. */
export function TakenAway({ view, crew }: { readonly view: OrderView; readonly crew: CrewId }) {
  const { t, p, f } = usePageWords();
  const client = useClient();
  const org = client.org.value;
  const end = takenFrom(view.order, crew);
  const { drop } = view;
  if (!end && !drop) return null;

  const to = drop ? drop.to : (end?.next ?? null);
  const phoneOf = to === null ? undefined : org.crews.get(to)?.phone;
  const phone = phoneOf === undefined ? null : dialledOf(phoneOf);
  const by = personName(org, drop?.by ?? end?.by ?? null);
  const returned = end?.returned;
  const reason = [returned ? returnWord(returned, p) : '', drop?.reason ?? end?.reason ?? '']
    .filter((part) => part !== '')
    .join(' · ');
  const time = end ? f.when(end.at, client.now.value) : '';
  const title = titleOf();
  function titleOf(): string {
    if (drop?.why === 'leftCrew') return t('away.leftCrew');
    if (to) return t('away.title', { time, crew: crewName(org, to) }).trim();
    return t(returned ? 'away.returnedTitle' : 'away.recalledTitle', { time }).trim();
  }
  return (
    <Banner title={title} tone="ink" icon={reassignedIcon}>
      {by !== '' && <p>{t('away.by', { name: by })}</p>}
      {reason !== '' && <p>{t('away.line', { what: t('away.reason'), text: reason })}</p>}
      {!returned && <p>{t('away.line', { what: t('away.next'), text: t('away.askDesk') })}</p>}
      <p>{t('away.line', { what: t('away.yourRecord'), text: t('away.kept') })}</p>
      <p>{t('away.stillAllowed')}</p>
      <p>{to ? t('away.nowWith', { crew: crewName(org, to) }) : t('away.nowWithNobody')}</p>
      {phone !== null && (
        <LinkButton
          href={`tel:${phone}`}
          label={t('away.callCrew', { crew: to ? crewName(org, to) : '' })}
          icon={callIcon}
        />
      )}
    </Banner>
  );
}
