import './lock.css';
import { useClient } from '../../read/client-context.ts';
import { lockIcon } from '../../ui/icons.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { SegmentedChoice } from '../../ui/segmented-choice.tsx';
import { usePageWords } from '../page-words.ts';
import { useShell } from '../shell.ts';

const MINUTES = [0, 5, 15] as const;

/** Whether this tablet asks for a PIN, and when. */
export function LockSettings() {
  const { p } = usePageWords();
  const shell = useShell();
  const { secure } = useClient();
  const { lock } = shell;
  const has = lock.hasPin.value;
  const after = lock.afterMin.value;
  return (
    <Section title={p('lock.title')}>
      <div class="lock-choices">
        {has && <QuietButton label={p('pin.lockNow')} icon={lockIcon} onTap={() => lock.lockNow()} />}
        <QuietButton
          label={has ? p('pin.change') : p('pin.set')}
          whyNot={secure ? undefined : p('pin.notSecure')}
          onTap={() => shell.go({ at: 'pin' })}
        />
      </div>
      {has && (
        <SegmentedChoice
          label={p('pin.after')}
          value={String(after)}
          options={MINUTES.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? p('pin.never') : p('pin.minutes', { n: minutes }),
          }))}
          onChoose={(minutes) => lock.lockAfter(Number(minutes))}
        />
      )}
    </Section>
  );
}
