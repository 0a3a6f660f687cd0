import './field.css';
import { type ComponentChildren, h } from 'preact';
import { useId } from 'preact/hooks';

type Common = {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Always in sight, also while typing: a placeholder would vanish. */
  readonly hint?: string | undefined;
  /** Names what is wrong and what would be right. */
  readonly error?: string | undefined;
};

type LineProps = Common & {
  readonly kind?: 'text' | 'tel' | 'number' | 'time' | 'datetime-local' | 'search' | 'password' | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | undefined;
  readonly autoComplete?: string | undefined;
  /** Codes and ids: steady digits. */
  readonly tabular?: boolean | undefined;
};

type AreaProps = Common & { readonly kind: 'area'; readonly rows?: number | undefined };

type SelectProps = Common & {
  readonly kind: 'select';
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

export type FieldProps = LineProps | AreaProps | SelectProps;

/** A labelled control. What is missing is told in a line below it; a field never refuses what is typed. */
export function Field(props: FieldProps) {
  const id = useId();
  const { label, hint, error } = props;
  const wired = {
    id,
    name: props.name,
    class: 'field-control',
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby':
      [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || undefined,
  } as const;
  return (
    <div class={`field${error === undefined ? '' : ' has-error'}`}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {control(props, wired)}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

type Wired = {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
};

function control(props: FieldProps, wired: Wired): ComponentChildren {
  const { value, onInput } = props;
  if (props.kind === 'area') {
    return (
      <textarea
        {...wired}
        rows={props.rows ?? 3}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    );
  }
  if (props.kind === 'select') {
    return (
      <select {...wired} value={value} onChange={(event) => onInput(event.currentTarget.value)}>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  // The element types tie `type` to `role` one by one; built by name it may be any of ours.
  return h('input', {
    ...wired,
    class: props.tabular === true ? 'field-control tabular' : 'field-control',
    type: props.kind ?? 'text',
    inputMode: props.inputMode,
    autoComplete: props.autoComplete ?? 'off',
    value,
    onInput: (event: InputEvent) => {
      if (event.currentTarget instanceof HTMLInputElement) onInput(event.currentTarget.value);
    },
  });
}
