import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

import { Banner } from '../ui/banner.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { type DeskPlace, useDesk, useWords } from './desk-state.ts';

type Page = Exclude<DeskPlace, 'board'>;

const PAGES: { readonly [P in Page]: () => Promise<ComponentType> } = {
  reports: async () => (await import('./report/reports-page.tsx')).ReportsPage,
  import: async () => (await import('./import/import-page.tsx')).ImportPage,
  admin: async () => (await import('./admin/admin-page.tsx')).AdminPage,
};

/** A page of its own, loaded when somebody opens it: the board needs none of it. */
export function PageDoor({ name }: { readonly name: Page }) {
  const desk = useDesk();
  const { t } = useWords();
  const page = useSignal<{ readonly Page: ComponentType } | null>(null);
  const missing = useSignal(false);
  useEffect(() => {
    const load = async (): Promise<void> => {
      try {
        page.value = { Page: await PAGES[name]() };
      } catch {
        // Not reached, or a newer build has taken its place.
        missing.value = true;
      }
    };
    void load();
  }, [name, page, missing]);
  if (page.value) return <page.value.Page />;
  return (
    <main class="reports-door">
      {missing.value && <Banner title={t('page.notLoaded')} />}
      <QuietButton label={t('act.board')} onTap={() => (desk.place.value = 'board')} />
    </main>
  );
}
