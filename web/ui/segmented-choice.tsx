import './segmented-choice.css';
import { useId } from 'preact/hooks';

export type SegmentedChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly note?: string | undefined }[];
  /** Undefined until somebody chose: nothing is chosen for them. */
  readonly value: Value | undefined;
  readonly onChoose: (value: Value) => void;
};

/** One of a few, all in sight, each as big as a button. */
export function SegmentedChoice<Value extends string>({
  label,
  options,
  value,
  onChoose,
}: SegmentedChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend>{label}</legend>
      <div class="segments">
        {options.map((option) => (
          <label key={option.value} class="segment">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>
              {option.label}
              {option.note !== undefined && <span class="segment-note">{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
