import type { CrewId } from '#shared/ids.ts';
import { pauseOf } from '#shared/order/order.ts';

import { type OrderView, useClient } from '../../read/client-context.ts';
import { Banner } from '../../ui/banner.tsx';
import { usePageWords } from '../page-words.ts';
import { suspendWord } from '../reason-words.ts';

/** Work rests: since when and why. */
export function PauseLine({ view, crew }: { readonly view: OrderView; readonly crew: CrewId }) {
  const { t, p, f } = usePageWords();
  const now = useClient().now.value;
  const pause = pauseOf(view.order, crew);
  if (!pause) return null;
  const note = view.events.find(({ id }) => id === pause.id)?.recorded.event.data['note'];
  const why = pause.reason ? suspendWord(pause.reason, p) : '';
  return (
    <Banner title={t('order.suspendedSince', { time: f.when(pause.time.est, now), why })}>
      {typeof note === 'string' && <p>{note}</p>}
    </Banner>
  );
}
