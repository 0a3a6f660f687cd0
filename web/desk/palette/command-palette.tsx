import './command-palette.css';
import { useComputed, useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

import { EmptyLine } from '../../ui/empty-line.tsx';
import { ListboxOption } from '../../ui/listbox-option.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { useKeydown } from '../use-keydown.ts';
import { deskCommands, foundCrews, foundOrders, orderCommands, type PaletteItem } from './commands.ts';
import { fitOf, holdsAll, partsOf } from './match.ts';

const SHOWN = 40;

/**
 * Everything the desk can do, found by typing. What cannot be done is listed with its reason. Arrows walk, Enter does;
 * while an input method is composing no key acts.
 */
export function CommandPalette() {
  const desk = useDesk();
  const { t } = useWords();
  const box = useRef<HTMLElement>(null);
  const listId = useId();
  const typed = useSignal('');
  const at = useSignal(0);
  const answer = useSignal<string | null>(null);
  // Back to where the person was, unless what was done went elsewhere.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const here = box.current;
    here?.querySelector('input')?.focus();
    return () => {
      const lost = document.activeElement === document.body || here?.contains(document.activeElement) === true;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const items = useComputed(() => {
    const parts = partsOf(typed.value);
    const fits = [...orderCommands(desk), ...deskCommands(desk)].flatMap((item) => {
      const fit = fitOf(item.find, parts);
      return fit === null ? [] : [{ item, fit }];
    });
    const commands = fits.toSorted((a, b) => a.fit - b.fit).map(({ item }) => item);
    const found = [...foundOrders(desk, parts, holdsAll), ...foundCrews(desk, parts, holdsAll)];
    return [...commands, ...found].slice(0, SHOWN);
  });
  const chosen = Math.min(at.value, Math.max(0, items.value.length - 1));

  const run = (item: PaletteItem | undefined): void => {
    if (!item) return;
    if (item.whyNot !== undefined) {
      answer.value = `${item.word}: ${item.whyNot}`;
      return;
    }
    desk.layer.value = 'none';
    item.run();
  };

  useKeydown(box, (event) => {
    const last = items.value.length - 1;
    const steps: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) at.value = Math.max(0, Math.min(last, chosen + step));
    else if (event.key === 'Enter') run(items.value[chosen]);
    else if (event.key === 'Escape') desk.layer.value = 'none';
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return (
    <section ref={box} class="palette" role="dialog" aria-label={t('palette.title')}>
      <input
        class="field-control palette-typed"
        type="text"
        role="combobox"
        autoComplete="off"
        spellcheck={false}
        aria-label={t('palette.title')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={items.value[chosen] ? `${listId}-${chosen}` : undefined}
        placeholder={t('palette.hint')}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          at.value = 0;
          answer.value = null;
        }}
        onBlur={(event) => {
          const to = event.relatedTarget;
          if (to instanceof Node && !box.current?.contains(to)) desk.layer.value = 'none';
        }}
      />
      {answer.value !== null && (
        <p class="form-error" role="alert">
          {answer.value}
        </p>
      )}
      <div id={listId} class="palette-items" role="listbox" aria-label={t('palette.title')}>
        {items.value.map((item, index) => (
          <ListboxOption
            key={item.id}
            id={`${listId}-${index}`}
            chosen={index === chosen}
            onTake={() => run(item)}
            off={item.whyNot !== undefined}
            shape="palette-item"
          >
            <span class="palette-word">{item.word}</span>
            <span class="palette-note">{item.whyNot ?? item.note}</span>
            {item.key !== undefined && <kbd>{item.key}</kbd>}
          </ListboxOption>
        ))}
      </div>
      {items.value.length === 0 && <EmptyLine text={t('palette.nothing', { text: typed.value.trim() })} />}
      <p class="meta palette-foot">{t('palette.foot')}</p>
    </section>
  );
}
