import './page-head.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { ActionButton } from '../ui/action-button.tsx';
import { useDesk, useWords } from './desk-state.ts';
import { useWayBack } from './use-way-back.ts';

type Props = { readonly title: string; readonly children?: ComponentChildren };

/** The head of a page beside the board: what it is, and the way back, which Esc takes too. */
export function PageHead({ title, children }: Props) {
  const desk = useDesk();
  const { t } = useWords();
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    place.current?.querySelector<HTMLElement>('h1')?.focus();
  }, []);
  useWayBack(desk);
  const waiting = desk.alerts.value.standing.filter(({ alert }) => alert.end === null).length;
  return (
    <header ref={place} class="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
      <span class="header-space" />
      {waiting > 0 && <span class="page-waiting tabular">{t('page.alerts', { n: waiting })}</span>}
      <time class="number header-clock">{desk.format.value.clockSeconds(desk.client.seconds.value)}</time>
      <ActionButton label={t('act.board')} keyHint="Esc" onTap={() => (desk.place.value = 'board')} />
    </header>
  );
}
