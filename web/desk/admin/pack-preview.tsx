import type { MinutesByArea, Rule, RulePack } from '#shared/event/rule-pack.ts';

import { useDesk, useWords } from '../desk-state.ts';
import { packChanges } from './pack-changes.ts';

type Props = { readonly before: RulePack; readonly after: RulePack };

/** What a pack would change: every rule with its limits as they are and as they would be. */
export function PackPreview({ before, after }: Props) {
  const desk = useDesk();
  const { t } = useWords();
  const lang = desk.preferences.lang.value;
  const changes = packChanges(before, after);
  const moved = changes.filter(({ change }) => change !== 'same').length;
  return (
    <>
      <p role="status">
        {moved === 0 ? t('pack.nothingMoves') : t('pack.moves', { n: moved, of: changes.length })}
        {before.silenceHours !== after.silenceHours &&
          ` · ${t('pack.silence', { was: before.silenceHours, is: after.silenceHours })}`}
      </p>
      <table class="page-table pack-table tabular">
        <caption class="visually-hidden">{t('pack.preview')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('pack.rule')}</th>
            <th scope="col">{t('pack.limits')}</th>
            <th scope="col">{t('pack.important')}</th>
            <th scope="col">{t('pack.change')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ id, was, is, change, elsewhere }) => (
            <tr key={id} class={`is-${change}`}>
              <th scope="row">{(is ?? was)?.name[lang]}</th>
              <td>{fromTo(was, is, ({ limitMin }) => limitMin)}</td>
              <td>{fromTo(was, is, ({ importantMin }) => importantMin)}</td>
              <td>
                {t(`pack.${change}`)}
                {elsewhere && ` · ${t('pack.elsewhere')}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** "45 / 90 / 120", and an arrow where it moves. */
function fromTo(was: Rule | null, is: Rule | null, of: (rule: Rule) => MinutesByArea | undefined): string {
  const [a, b] = [was && minutes(of(was)), is && minutes(of(is))];
  if (a === b || b === null) return a ?? '';
  return a === null ? b : `${a} → ${b}`;
}

function minutes(by: MinutesByArea | undefined): string {
  if (by === undefined) return '–';
  return (['urban', 'rural', 'remote'] as const).map((area) => by[area] ?? '–').join(' / ');
}
