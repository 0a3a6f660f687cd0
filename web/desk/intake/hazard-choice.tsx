import { useWords } from '../desk-state.ts';
import { hazardWord } from '../order-words.ts';
import { type Hazard, HAZARDS } from './intake-draft.ts';

type HazardChoiceProps = {
  readonly chosen: readonly Hazard[];
  readonly onChange: (chosen: readonly Hazard[]) => void;
};

/** Any of them: what makes an order urgent for a person's sake. */
export function HazardChoice({ chosen, onChange }: HazardChoiceProps) {
  const { t } = useWords();
  return (
    <fieldset class="hazards">
      <legend>{t('field.hazards')}</legend>
      {HAZARDS.map((hazard) => (
        <label key={hazard}>
          <input
            type="checkbox"
            name={hazard}
            checked={chosen.includes(hazard)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, hazard] : chosen.filter((one) => one !== hazard))
            }
          />
          {hazardWord(hazard, t)}
        </label>
      ))}
    </fieldset>
  );
}
