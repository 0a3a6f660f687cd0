import type { MadeCode } from '#shared/api/administration.ts';

import { QrCode } from '../../ui/qr-code.tsx';
import { useDesk, useWords } from '../desk-state.ts';

export type ShownCode = MadeCode & { readonly crew: string; readonly person: string };

/** A tablet's code, to be scanned or typed, for as long as it is good. It is shown here and kept nowhere. */
export function CodeCard({ made }: { readonly made: ShownCode }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const left = made.endsAt - desk.client.seconds.value;
  const address = `${location.origin}/crew#/enrol/${made.code.replace('-', '')}`;
  if (left <= 0) return <p role="status">{t('code.over', { crew: made.crew })}</p>;
  return (
    <div class="code-card" role="status">
      <QrCode text={address} label={t('code.qr', { crew: made.crew })} />
      <div>
        <p>
          {made.crew} · {made.person}
        </p>
        <p class="code-letters tabular">{made.code}</p>
        <p>{t('code.how', { address: `${location.origin}/crew` })}</p>
        <p class="tabular">
          {t('code.until', { time: format.when(made.endsAt, desk.client.now.value), left: format.left(left) })}
        </p>
      </div>
    </div>
  );
}
