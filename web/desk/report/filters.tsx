import './filters.css';
import { REPORT_BY } from '#shared/api/report.ts';
import { AREAS } from '#shared/event/parts.ts';

import { Field } from '../../ui/field.tsx';
import { isInUnit } from '../unit-tree.ts';
import { PERIODS } from './periods.ts';
import { useReports } from './report-state.ts';

/** What to show. Each choice is asked for at once; there is nothing to press. */
export function Filters() {
  const { desk, wanted, range, answer, t: words } = useReports();
  const t = words.value;
  const org = desk.client.org.value;
  const own = desk.client.session.value?.unit.id;
  const units = [...org.units.values()].filter(({ id }) => own !== undefined && isInUnit(id, own, org));
  const rules = answer.value?.known ?? [];
  const lang = desk.preferences.lang.value;
  return (
    <search class="report-filters" aria-label={t('reports.filters')}>
      <Choice
        label={t('reports.period')}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        value={wanted.period.value}
        onChoose={(period) => {
          const { from, to } = range.peek() ?? { from: null, to: null };
          // Own dates begin with what is shown.
          if (period === 'own') [wanted.from.value, wanted.to.value] = [from ?? '', to ?? ''];
          wanted.period.value = period;
        }}
      />
      {wanted.period.value === 'own' && (
        <div class="filter-dates">
          <Field
            kind="text"
            label={t('reports.from')}
            name="from"
            tabular
            value={wanted.from.value}
            error={range.value === null ? t('reports.badDates') : undefined}
            onInput={(day) => (wanted.from.value = day.trim())}
          />
          <Field
            kind="text"
            label={t('reports.to')}
            name="to"
            tabular
            value={wanted.to.value}
            onInput={(day) => (wanted.to.value = day.trim())}
          />
        </div>
      )}
      <Choice
        label={t('reports.by')}
        options={REPORT_BY.map((value) => ({ value, label: t(`by.${value}`) }))}
        value={wanted.by.value}
        onChoose={(by) => (wanted.by.value = by)}
      />
      <div class="filter-select">
        <Field
          kind="select"
          label={t('reports.rule')}
          name="rule"
          value={wanted.rule.value}
          options={
            rules.length === 0
              ? [{ value: wanted.rule.value, label: t('reports.arrival') }]
              : rules.map(({ id, name }) => ({ value: id, label: name[lang] }))
          }
          onInput={(rule) => (wanted.rule.value = rule)}
        />
      </div>
      <div class="filter-select">
        <Field
          kind="select"
          label={t('reports.area')}
          name="area"
          value={wanted.area.value ?? ''}
          options={[
            { value: '', label: t('reports.allAreas') },
            ...AREAS.map((value) => ({ value, label: t(`areaName.${value}`) })),
          ]}
          onInput={(chosen) => (wanted.area.value = AREAS.find((area) => area === chosen) ?? null)}
        />
      </div>
      {units.length > 1 && (
        <div class="filter-select">
          <Field
            kind="select"
            label={t('reports.unit')}
            name="unit"
            value={wanted.unit.value ?? own ?? ''}
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
            onInput={(chosen) => (wanted.unit.value = units.find(({ id }) => id === chosen && id !== own)?.id ?? null)}
          />
        </div>
      )}
    </search>
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
};

/** One of a few in one line of buttons. */
function Choice<Value extends string>({ label, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <div class="filter-choice" role="group" aria-label={label}>
      <span class="filter-label" aria-hidden="true">
        {label}
      </span>
      <div class="filter-options">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            class="filter-option"
            aria-pressed={option.value === value}
            onClick={() => onChoose(option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}
