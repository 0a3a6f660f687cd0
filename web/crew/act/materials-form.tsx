import { Field } from '../../ui/field.tsx';
import { Icon, type IconShape } from '../../ui/icon.tsx';
import { lessIcon, moreIcon } from '../../ui/icons.ts';
import { usePageWords } from '../page-words.ts';
import type { Draft } from '../use-draft.ts';
import { MATERIALS } from './choices.ts';

/** Counted by taps; what is not in the list is written down once. */
export function MaterialsForm({ draft }: { readonly draft: Draft }) {
  const { p } = usePageWords();
  const other = draft.filled.value['text'] ?? '';
  return (
    <>
      <ul class="materials">
        {MATERIALS.map(({ id, word, unit }) => (
          <Counted key={id} id={id} word={word(p)} unit={unit(p)} least={0} draft={draft} />
        ))}
      </ul>
      <Field label={p('material.other')} name="other" value={other} onInput={(text) => draft.set({ text })} />
      {other.trim() !== '' && (
        <ul class="materials">
          <Counted id="other" word={other} unit="" least={1} draft={draft} />
        </ul>
      )}
    </>
  );
}

const MOST = 999;

function Counted(props: {
  readonly id: string;
  readonly word: string;
  readonly unit: string;
  readonly least: number;
  readonly draft: Draft;
}) {
  const { id, word, unit, least, draft } = props;
  const { p } = usePageWords();
  const key = `count.${id}`;
  const count = Math.max(least, Number(draft.filled.value[key] ?? least));
  const set = (next: number): void => draft.set({ [key]: String(Math.min(MOST, Math.max(least, next))) });
  return (
    <li>
      <span class="materials-what">{word}</span>
      <Step icon={lessIcon} name={p('material.less', { what: word })} onTap={() => set(count - 1)} />
      <span class="number materials-count">{count}</span>
      <Step icon={moreIcon} name={p('material.more', { what: word })} onTap={() => set(count + 1)} />
      <span class="meta materials-unit">{unit}</span>
    </li>
  );
}

/** Its word stands at the left of the row; the name says it to who cannot see that. */
function Step(props: { readonly icon: IconShape; readonly name: string; readonly onTap: () => void }) {
  return (
    <button type="button" class="quiet-button" aria-label={props.name} onClick={props.onTap}>
      <Icon shape={props.icon} />
    </button>
  );
}
