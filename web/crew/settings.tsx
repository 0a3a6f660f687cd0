import { LANGUAGE_NAMES } from '../text/language-names.ts';
import { Section } from '../ui/section.tsx';
import { SegmentedChoice } from '../ui/segmented-choice.tsx';
import { LockSettings } from './lock/lock-settings.tsx';
import { useShell, useWords } from './shell.ts';

/** What a person chooses for this tablet. Nothing moves by it but, with the hand, the step's side on a wide screen. */
export function Settings() {
  const { t } = useWords();
  const { choices } = useShell();
  return (
    <>
      <Section title={t('settings.title')}>
        <SegmentedChoice
          label={t('theme.label')}
          value={choices.theme.value}
          options={[
            { value: 'light', label: t('theme.light') },
            { value: 'night', label: t('theme.night') },
            { value: 'sun', label: t('theme.sun') },
          ]}
          onChoose={(theme) => (choices.theme.value = theme)}
        />
        <LanguageChoice />
        <SegmentedChoice
          label={t('glove.label')}
          value={choices.glove.value}
          options={[
            { value: 'standard', label: t('glove.standard') },
            { value: 'thick', label: t('glove.thick') },
          ]}
          onChoose={(glove) => (choices.glove.value = glove)}
        />
        <SegmentedChoice
          label={t('hand.label')}
          value={choices.hand.value}
          options={[
            { value: 'left', label: t('hand.left') },
            { value: 'right', label: t('hand.right') },
          ]}
          onChoose={(hand) => (choices.hand.value = hand)}
        />
        <SegmentedChoice
          label={t('hand.reach')}
          value={choices.reach.value}
          options={[
            { value: 'two', label: t('hand.two') },
            { value: 'one', label: t('hand.one') },
          ]}
          onChoose={(reach) => (choices.reach.value = reach)}
        />
      </Section>
      <LockSettings />
    </>
  );
}

/** Each language in its own words, so that it can be found by who reads only that one. */
export function LanguageChoice() {
  const { t } = useWords();
  const { choices } = useShell();
  return (
    <SegmentedChoice
      label={t('lang.label')}
      value={choices.lang.value}
      options={[
        { value: 'zh', label: LANGUAGE_NAMES.zh },
        { value: 'en', label: LANGUAGE_NAMES.en },
      ]}
      onChoose={(lang) => (choices.lang.value = lang)}
    />
  );
}
