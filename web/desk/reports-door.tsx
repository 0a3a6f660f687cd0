import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

import { Banner } from '../ui/banner.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { useDesk, useWords } from './desk-state.ts';

/** The reports page, loaded when somebody opens it: the board needs none of it. */
export function ReportsDoor() {
  const desk = useDesk();
  const { t } = useWords();
  const page = useSignal<{ readonly Page: ComponentType } | null>(null);
  const missing = useSignal(false);
  useEffect(() => {
    const load = async (): Promise<void> => {
      try {
        page.value = { Page: (await import('./report/reports-page.tsx')).ReportsPage };
      } catch {
        // Not reached, or a newer build has taken its place.
        missing.value = true;
      }
    };
    void load();
  }, [page, missing]);
  if (page.value) return <page.value.Page />;
  return (
    <main class="reports-door">
      {missing.value && <Banner title={t('reports.notLoaded')} />}
      <QuietButton label={t('act.board')} onTap={() => (desk.place.value = 'board')} />
    </main>
  );
}
