import './tabs.css';
import { Icon, type IconShape } from './icon.tsx';

export type Tab<Id extends string> = {
  readonly id: Id;
  readonly word: string;
  readonly icon: IconShape;
  /** Shown beside the word while it is not zero. */
  readonly count?: number | undefined;
};

export type TabsProps<Id extends string> = {
  /** Names the bar to a screen reader. */
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChoose: (id: Id) => void;
};

/** The bottom bar: places of the app, each an icon with its word. */
export function Tabs<Id extends string>({ label, tabs, current, onChoose }: TabsProps<Id>) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          class="tab"
          aria-current={tab.id === current ? 'page' : undefined}
          onClick={() => onChoose(tab.id)}
        >
          <Icon shape={tab.icon} />
          <span class="tabular">
            {tab.word}
            {tab.count !== undefined && tab.count > 0 && ` ${tab.count}`}
          </span>
        </button>
      ))}
    </nav>
  );
}
