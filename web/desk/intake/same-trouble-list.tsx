import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { stageWord } from '../order-words.ts';
import type { SameTrouble } from './same-trouble.ts';

type Props = {
  readonly found: readonly SameTrouble[];
  /** The call is about that order: it is noted there, nothing new is made. */
  readonly onContinue: (one: SameTrouble) => void;
  /** A report of its own, which goes on in that order. */
  readonly onMerge: (one: SameTrouble) => void;
};

/** Orders that may be the same trouble, each with why. Shown while typing, in the way of nothing. */
export function SameTroubleList({ found, onContinue, onMerge }: Props) {
  const desk = useDesk();
  const { t, format } = useWords();
  if (found.length === 0) return null;
  return (
    <section class="same-trouble" aria-labelledby="same-title">
      <h3 id="same-title">{t('same.title', { n: found.length })}</h3>
      {found.map((one, index) => {
        const { order, reasons, metres } = one;
        const view = desk.client.order(order.id).value;
        const why = reasons.map((reason) =>
          reason === 'near' ? t('same.near', { metres: format.distance(metres ?? 0) }) : t(`same.${reason}`),
        );
        return (
          <div key={order.id} class="same-one">
            <p>
              <b class="tabular">{order.id}</b> {order.report?.address} ·{' '}
              {view && stageWord(view, desk.known.value.heard, t)}
              {order.reportedAt && ` · ${format.when(order.reportedAt.est, desk.client.now.value)}`}
              <br />
              <span class="same-why">{why.join(' · ')}</span>
            </p>
            <QuietButton label={t('act.continueReport')} onTap={() => onContinue(one)} />
            <QuietButton
              label={t('act.makeAndMerge')}
              keyHint={index === 0 ? 'Ctrl+M' : undefined}
              onTap={() => onMerge(one)}
            />
          </div>
        );
      })}
    </section>
  );
}
