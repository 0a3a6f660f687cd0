import { GRIDS } from '#shared/api/reference.ts';

import { Field } from '../../ui/field.tsx';
import { useWords } from '../desk-state.ts';

type Grid = (typeof GRIDS)[number];

const GRID_WORDS = {
  wgs84: 'reference.degrees',
  twd67: 'reference.gridOld',
  twd97: 'reference.gridNow',
} as const satisfies Record<Grid, string>;

/** What the coordinates of a file are measured in. */
export function GridField({ value, onChoose }: { readonly value: Grid; readonly onChoose: (grid: Grid) => void }) {
  const { t } = useWords();
  return (
    <Field
      kind="select"
      label={t('reference.grid')}
      name="grid"
      options={GRIDS.map((one) => ({ value: one, label: t(GRID_WORDS[one]) }))}
      value={value}
      onInput={(chosen) => onChoose(GRIDS.find((one) => one === chosen) ?? 'wgs84')}
    />
  );
}
