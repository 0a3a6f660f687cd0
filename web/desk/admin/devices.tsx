import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

import { type CrewId, type DeviceId, type PersonId, subjectOf } from '#shared/ids.ts';
import { reachOf } from '#shared/order/rights.ts';

import { createAdministration } from '../../read/administration.ts';
import type { Device } from '../../read/client-context.ts';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';
import { FormBox } from '../form-box.tsx';
import { SILENT_AFTER_MS } from '../judge.ts';
import { refusalWords } from '../order-words.ts';
import { useMake } from '../use-make.ts';
import { CodeCard, type ShownCode } from './code-card.tsx';
import { MakeForm } from './make-form.tsx';
import { ownUnits } from './own-units.ts';

type Asked = { readonly device: DeviceId; readonly act: 'replace' | 'block' };

/** The tablets of this unit's crews: a code for a new one, another one for a lost one, the end of one. */
export function Devices() {
  const desk = useDesk();
  const { t } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const units = ownUnits(desk);
  const { crews, persons, devices } = desk.client.org.value;
  const here = [...crews.values()].filter(({ unit }) => units.some(({ id }) => id === unit));
  const people = [...persons.values()].filter(({ unit }) => units.some(({ id }) => id === unit));
  const tablets = [...devices.values()]
    .filter((one) => one.form === 'tablet' && here.some(({ id }) => id === one.crew))
    .toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || a.writer.localeCompare(b.writer));
  const crew = useSignal<string>(here[0]?.id ?? '');
  const person = useSignal<string>('');
  const hours = useSignal('24');
  const code = useSignal<ShownCode | null>(null);
  const asked = useSignal<Asked | null>(null);
  const { error, done, make } = useMake();
  const role = desk.client.session.value?.person.role;
  const mayMake = role === 'admin' || role === 'leader';
  // Crew members first: a tablet is theirs.
  const holders = people.toSorted((a, b) => Number(a.role !== 'crew') - Number(b.role !== 'crew'));

  const askCode = async (forCrew: CrewId, forPerson: PersonId, good: number): Promise<boolean> => {
    const named = { crew: crews.get(forCrew)?.name ?? forCrew, person: persons.get(forPerson)?.name ?? forPerson };
    const made = await make(
      server.makeCode({ crew: forCrew, person: forPerson, hours: good }),
      t('code.made', { crew: named.crew }),
    );
    if (made) code.value = { ...made, ...named };
    return made !== null;
  };
  const submit = async (): Promise<void> => {
    const forCrew = here.find(({ id }) => id === crew.value);
    const forPerson = holders.find(({ id }) => id === person.value) ?? holders[0];
    const good = Number(hours.value);
    if (!forCrew || !forPerson) error.value = t('code.whoMissing');
    else if (!Number.isInteger(good) || good < 1 || good > 168) error.value = t('code.badHours');
    else await askCode(forCrew.id, forPerson.id, good);
  };

  return (
    <>
      <section class="page-box">
        <h2>
          {t('admin.devices')} {tablets.length}
        </h2>
        <table class="page-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.devices')}</th>
              <th scope="col">{t('admin.crews')}</th>
              <th scope="col">{t('admin.holder')}</th>
              <th scope="col">{t('admin.state')}</th>
              <th scope="col">{t('admin.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {tablets.map((device) => (
              <Line key={device.id} device={device} asked={asked.value} onAsk={(one) => (asked.value = one)}>
                {(act) => (
                  <EndForm
                    device={device}
                    act={act}
                    onDone={async () => {
                      asked.value = null;
                      if (act === 'replace' && device.crew !== null && device.person !== null)
                        await askCode(device.crew, device.person, 24);
                    }}
                  />
                )}
              </Line>
            ))}
          </tbody>
        </table>
        {tablets.length === 0 && <p>{t('admin.noTablets')}</p>}
      </section>
      <MakeForm
        title={t('code.title')}
        act={t('act.makeCode')}
        whyNot={mayMake ? undefined : t('admin.onlyLeader')}
        error={error.value}
        done={code.value === null ? done.value : null}
        onMake={submit}
      >
        <Field
          label={t('admin.crews')}
          name="code-crew"
          kind="select"
          options={here.map(({ id, name }) => ({ value: id, label: name }))}
          value={crew.value}
          onInput={(chosen) => (crew.value = chosen)}
        />
        <Field
          label={t('admin.holder')}
          name="code-person"
          kind="select"
          options={holders.map(({ id, name }) => ({ value: id, label: name }))}
          value={person.value}
          onInput={(chosen) => (person.value = chosen)}
        />
        <Field
          label={t('code.hours')}
          name="code-hours"
          inputMode="numeric"
          value={hours.value}
          onInput={(text) => (hours.value = text)}
        />
        {code.value && <CodeCard made={code.value} />}
      </MakeForm>
    </>
  );
}

type LineProps = {
  readonly device: Device;
  readonly asked: Asked | null;
  readonly onAsk: (asked: Asked | null) => void;
  readonly children: (act: Asked['act']) => ComponentChildren;
};

function Line({ device, asked, onAsk, children }: LineProps) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { crews, persons } = desk.client.org.value;
  const now = desk.asOf.value;
  const heard = desk.client.live.value.devices?.find((one) => one.device === device.id)?.heard;
  const silent = heard !== undefined && now - heard >= SILENT_AFTER_MS;
  const role = desk.client.session.value?.person.role;
  const toggle = (act: Asked['act']): void =>
    onAsk(asked?.device === device.id && asked.act === act ? null : { device: device.id, act });
  const whyNot = (kind: 'deviceLost' | 'deviceBlocked'): string | undefined =>
    role === undefined || reachOf(role, kind) === null ? t('refusal.notAllowed') : undefined;
  const state = device.blocked
    ? t('device.blocked')
    : device.lost
      ? t('device.lost', { time: format.when(device.lost.at, now) })
      : heard === undefined
        ? t('verdict.noNewsYet')
        : silent
          ? format.noNewsSince(heard, now)
          : t('sheet.newsAge', { age: format.age(Math.max(0, now - heard)) });
  const open = asked?.device === device.id ? asked.act : null;
  return (
    <>
      <tr class={isOver(device) ? 'is-off' : undefined}>
        <th scope="row" class="tabular">
          {device.writer}
        </th>
        <td>{device.crew === null ? '' : crews.get(device.crew)?.name}</td>
        <td>{device.person === null ? '' : persons.get(device.person)?.name}</td>
        <td class={`tabular${silent && !isOver(device) ? ' is-silent' : ''}`}>{state}</td>
        <td>
          {!device.blocked && (
            <div class="device-acts">
              {!device.lost && (
                <QuietButton
                  label={t('act.replace')}
                  expanded={open === 'replace'}
                  whyNot={whyNot('deviceLost')}
                  onTap={() => toggle('replace')}
                />
              )}
              <QuietButton
                label={t('act.block')}
                expanded={open === 'block'}
                whyNot={whyNot('deviceBlocked')}
                onTap={() => toggle('block')}
              />
            </div>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={5}>{children(open)}</td>
        </tr>
      )}
    </>
  );
}

type EndProps = {
  readonly device: Device;
  readonly act: Asked['act'];
  readonly onDone: () => Promise<void>;
};

/** The second look: what it means for the work on that tablet, and why. */
function EndForm({ device, act, onDone }: EndProps) {
  const desk = useDesk();
  const { t } = useWords();
  const reason = useSignal('');
  const error = useSignal<string | null>(null);
  const kind = act === 'block' ? 'deviceBlocked' : 'deviceLost';
  const record = async (): Promise<void> => {
    const why = reason.value.trim();
    if (why === '') {
      error.value = t('refusal.reasonMissing');
      return;
    }
    const draft = { kind, data: { reason: why.slice(0, 300) } } as const;
    const told = await desk.client.submit(subjectOf('device', device.id), draft);
    error.value = told.ok ? null : refusalWords(told.error, t);
    if (told.ok) await onDone();
  };
  return (
    <FormBox onCommit={record} error={error.value}>
      <p>{t(act === 'block' ? 'device.blockMeans' : 'device.replaceMeans')}</p>
      <Field label={t('field.reason')} name="reason" value={reason.value} onInput={(text) => (reason.value = text)} />
      <QuietButton
        label={t(act === 'block' ? 'act.block' : 'act.replace')}
        keyHint="Ctrl+Enter"
        onTap={() => void record()}
      />
    </FormBox>
  );
}

const isOver = ({ blocked, lost }: Device): boolean => blocked || lost !== null;
