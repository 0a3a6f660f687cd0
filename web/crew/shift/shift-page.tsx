import './shift.css';
import { useSignal } from '@preact/signals';

import { type CrewId, subjectOf } from '#shared/ids.ts';

import { type Organisation, useClient } from '../../read/client-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AfterPaint } from '../after-paint.tsx';
import { PageHead } from '../page-head.tsx';
import { usePageWords } from '../page-words.ts';
import { Page } from '../page.tsx';
import { Settings } from '../settings.tsx';
import { useShell } from '../shell.ts';
import { useDraft } from '../use-draft.ts';
import { crewName } from '../who.ts';
import { type Check, checksOf, type Found, tabletFound } from './checks.ts';
import { TabletPeople } from './tablet-people.tsx';

/** Who is on the van today and whether this tablet will last the day. It can be kept whatever is found. */
export function ShiftPage({ crew }: { readonly crew: CrewId }) {
  const words = usePageWords();
  const { p } = words;
  const shell = useShell();
  const client = useClient();
  const org = client.org.value;
  const busy = useSignal(false);
  const draft = useDraft(`shift.${crew}`, lastPeople(org, crew));
  const van = org.crews.get(crew)?.van;
  const status = client.status.value;
  const found: Found = {
    power: client.tablet.power.value,
    secure: client.secure,
    status,
    here: client.position.here.value,
    clockOffMs: status.lastSuccessAt === null ? null : client.tablet.clockOffMs(),
    orders: client.orders.value.filter(({ drop, order }) => drop === null && order.crew === crew).length,
  };
  const extra = (draft.filled.value['text'] ?? '').trim();
  const people = [...chosen(draft.filled.value), ...(extra === '' ? [] : extra.split(/[\s,，、]+/))].slice(0, 12);
  const leave = (): void => shell.go({ at: 'today' });

  const start = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const data = { people, tablet: tabletFound(found) };
    const stored = await client.submit(subjectOf('crew', crew), { kind: 'shiftStarted', data });
    busy.value = false;
    if (!stored.ok) return;
    draft.forget();
    leave();
  };

  return (
    <Page
      main={
        <div class="shift">
          <PageHead title={p('shift.title')} onBack={leave}>
            <p>{[crewName(org, crew), van].filter(Boolean).join(' · ')}</p>
          </PageHead>
          <Section title={p('shift.who')} count={people.length}>
            <div class="shift-people">
              {namesAround(org, crew).map((name) => {
                const on = draft.filled.value[`person.${name}`] === 'on';
                return (
                  <QuietButton
                    key={name}
                    label={name}
                    pressed={on}
                    onTap={() => draft.set({ [`person.${name}`]: on ? 'off' : 'on' })}
                  />
                );
              })}
            </div>
            <Field
              label={p('shift.others')}
              name="others"
              value={draft.filled.value['text'] ?? ''}
              onInput={(text) => draft.set({ text })}
            />
            {people.length < 2 && <p>{p('shift.alone')}</p>}
          </Section>
          <AfterPaint>
            {() => (
              <>
                <TabletPeople />
                <Section title={p('shift.tablet')}>
                  <ul class="checks">
                    {checksOf(found, words).map((check) => (
                      <CheckLine key={check.id} check={check} />
                    ))}
                  </ul>
                  <p class="meta">{p('shift.warningsOk')}</p>
                </Section>
                <Settings />
              </>
            )}
          </AfterPaint>
        </div>
      }
      step={<ActionButton label={p('shift.start')} onTap={() => void start()} />}
    />
  );
}

function CheckLine({ check }: { readonly check: Check }) {
  const { p } = usePageWords();
  return (
    <li class={check.ok ? 'is-fine' : 'is-off'}>
      <span class="check-mark" aria-hidden="true">
        {check.ok ? '✓' : '!'}
      </span>
      <span>
        <span class="visually-hidden">{check.ok ? p('shift.fine') : p('shift.lookAt')} </span>
        <span>{check.text}</span>
        {check.todo !== undefined && <span class="check-todo">{check.todo}</span>}
      </span>
    </li>
  );
}

const chosen = (filled: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(filled).flatMap((key) => (key.startsWith('person.') && filled[key] === 'on' ? key.slice(7) : []));

/** Whoever was on the van last is most likely on it again. */
const lastPeople = (org: Organisation, crew: CrewId): Readonly<Record<string, string>> =>
  Object.fromEntries((org.crews.get(crew)?.shift?.people ?? []).map((name) => [`person.${name}`, 'on']));

/** Crew people of the same unit, and whoever was on the van last. */
function namesAround(org: Organisation, crew: CrewId): readonly string[] {
  const unit = org.crews.get(crew)?.unit;
  const of = [...org.persons.values()]
    .filter((one) => one.role === 'crew' && one.unit === unit)
    .map(({ name }) => name);
  return [...new Set([...(org.crews.get(crew)?.shift?.people ?? []), ...of])].slice(0, 24);
}
