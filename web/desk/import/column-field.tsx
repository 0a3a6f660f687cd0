import { Field } from '../../ui/field.tsx';

type Props = {
  readonly label: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** Empty: none of them. */
  readonly value: string;
  readonly onChoose: (column: string) => void;
};

/** Which of a file's columns says something. */
export function ColumnField({ label, name, columns, value, onChoose }: Props) {
  return (
    <Field
      kind="select"
      label={label}
      name={`column-${name}`}
      options={['', ...columns].map((column) => ({ value: column, label: column || '–' }))}
      value={value}
      onInput={onChoose}
    />
  );
}
