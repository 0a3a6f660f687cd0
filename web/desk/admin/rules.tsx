import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import type { RulePack } from '#shared/event/rule-pack.ts';
import { packFor } from '#shared/sla/pack-for.ts';
import { SOUTHERN_GRID } from '#shared/sla/packs/southern-grid.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { readPack } from '#shared/sla/read-pack.ts';
import { exactly } from '#shared/time/event-time.ts';

import { createAdministration } from '../../read/administration.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Field } from '../../ui/field.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { type Desk, useDesk, useWords } from '../desk-state.ts';
import { FilePick } from '../file-pick.tsx';
import { FormBox } from '../form-box.tsx';
import { useMake } from '../use-make.ts';
import { onlyAdmin } from './own-units.ts';
import { PackPreview } from './pack-preview.tsx';
import { packProblemWords } from './pack-problem-words.ts';

const WHEN = ['now', 'later'] as const;

/** The limits people are judged by: what holds, what is planned, and another pack, looked at before it holds. */
export function Rules() {
  const desk = useDesk();
  const { t, format } = useWords();
  const server = useMemo(() => createAdministration(desk.client), [desk]);
  const written = useSignal('');
  const when = useSignal<(typeof WHEN)[number]>('now');
  const later = useSignal('');
  const fileName = useSignal<string | null>(null);
  /** What would be put into force by doing it once more. */
  const armed = useSignal<string | null>(null);
  const { error, done, make } = useMake();
  const current = inForce(desk);
  const read = written.value.trim() === '' ? null : readPack(written.value);
  const name = (pack: RulePack): string => pack.name[desk.preferences.lang.value];
  const change = (set: () => void): void => {
    set();
    armed.value = null;
    done.value = null;
    error.value = null;
  };
  const write = (text: string): void => change(() => (written.value = text));
  const activate = async (): Promise<void> => {
    if (onlyAdmin(desk) !== undefined) return;
    if (!read?.ok) {
      error.value = t('pack.notYet');
      return;
    }
    const now = desk.client.seconds.peek();
    const from = when.value === 'now' ? null : new Date(later.value).getTime();
    if (from !== null && !(from > now)) {
      error.value = t('pack.badTime');
      return;
    }
    const since = from === null ? t('pack.fromNow') : format.when(from, now);
    const what = t('pack.follows', { name: name(read.value), time: since });
    if (armed.value !== what) {
      error.value = null;
      armed.value = what;
      return;
    }
    armed.value = null;
    if (await make(server.activateRules({ from, pack: read.value }), what)) written.value = '';
  };
  const now = desk.client.now.value;
  const planned = desk.client.org.value.activations.filter(({ from }) => from > now);

  return (
    <>
      <section class="page-box">
        <h2>{t('pack.now', { name: name(current) })}</h2>
        {planned.map(({ from, pack }) => (
          <p key={`${from} ${pack.id}`}>{t('pack.planned', { name: name(pack), time: format.when(from, now) })}</p>
        ))}
        {read !== null && !read.ok ? (
          <div role="alert" class="pack-problems">
            <p>{t('pack.problems', { n: read.error.length })}</p>
            <ul>
              {read.error.map((problem) => (
                <li key={`${problem.path} ${problem.reason}`}>
                  {problem.path !== '' && <code>{problem.path}</code>} {packProblemWords(problem, t)}
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <PackPreview before={current} after={read?.value ?? current} />
        )}
        <p class="meta">{t('pack.minutes')}</p>
      </section>
      <section class="page-box">
        <h2>{t('pack.another')}</h2>
        <FormBox onCommit={activate} error={error.value}>
          <div class="form-actions">
            <QuietButton label={t('pack.editCurrent')} onTap={() => write(shown(current))} />
            <QuietButton label={t('pack.stateGrid')} onTap={() => write(shown(STATE_GRID))} />
            <QuietButton label={t('pack.southernGrid')} onTap={() => write(shown(SOUTHERN_GRID))} />
          </div>
          <FilePick
            label={t('pack.file')}
            accept=".json,application/json"
            name={fileName.value}
            onPick={(chosen) => {
              fileName.value = chosen?.name ?? null;
              void chosen?.text().then(write);
            }}
          />
          <Field
            kind="area"
            rows={14}
            label={t('pack.text')}
            hint={t('pack.textHint')}
            name="pack"
            value={written.value}
            onInput={write}
          />
          <SegmentedChoice
            label={t('pack.from')}
            options={WHEN.map((value) => ({ value, label: t(value === 'now' ? 'pack.fromNow' : 'pack.fromLater') }))}
            value={when.value}
            onChoose={(value) => change(() => (when.value = value))}
          />
          {when.value === 'later' && (
            <Field
              kind="datetime-local"
              label={t('pack.fromTime')}
              name="pack-from"
              value={later.value}
              onInput={(text) => change(() => (later.value = text))}
            />
          )}
          {armed.value !== null && <p role="status">{t('pack.again', { what: armed.value })}</p>}
          <ActionButton
            label={t(armed.value === null ? 'act.activate' : 'act.activateNow')}
            keyHint="Ctrl+Enter"
            submits
            whyNot={onlyAdmin(desk)}
            onTap={noop}
          />
          {done.value !== null && <p role="status">{done.value}</p>}
        </FormBox>
      </section>
    </>
  );
}

/** What an order reported now would be judged by. */
const inForce = ({ client }: Desk): RulePack =>
  packFor(client.org.value.activations, { reportedAt: exactly(client.now.value) });

const shown = (pack: RulePack): string => JSON.stringify(pack, null, 2);

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
