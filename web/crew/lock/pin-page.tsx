import { useSignal } from '@preact/signals';

import { PIN_LENGTH } from '../../read/pin-lock.ts';
import type { PageText } from '../../text/crew-pages-text.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { PageHead } from '../page-head.tsx';
import { usePageWords } from '../page-words.ts';
import { Page } from '../page.tsx';
import { useShell } from '../shell.ts';
import { PinKeys } from './pin-keys.tsx';
import { pinWhyNot } from './pin-why-not.ts';

type Asked = 'old' | 'new' | 'again';
type Trouble = 'wrong' | 'differs' | 'notKept' | null;

/** Sets the PIN of this tablet: the one that is there first, then the new one twice. */
export function PinPage() {
  const { p } = usePageWords();
  const shell = useShell();
  const { lock } = shell;
  const asked = useSignal<Asked>(lock.hasPin.peek() ? 'old' : 'new');
  const had = useSignal(lock.hasPin.peek());
  const first = useSignal('');
  const pin = useSignal('');
  const trouble = useSignal<Trouble>(null);
  const busy = useSignal(false);
  const leave = (): void => shell.back();

  const ask = (next: Asked, because: Trouble = null): void => {
    asked.value = next;
    trouble.value = because;
    pin.value = '';
  };
  const take = async (typed: string): Promise<void> => {
    if (asked.value === 'old') return (await lock.unlock(typed)) ? ask('new') : ask('old', 'wrong');
    if (asked.value === 'new') {
      first.value = typed;
      return ask('again');
    }
    if (typed !== first.value) return ask('new', 'differs');
    return (await lock.setPin(typed)) ? leave() : ask('new', 'notKept');
  };
  const next = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    await take(pin.value).finally(() => (busy.value = false));
  };

  return (
    <Page
      main={
        <div class="pin-page">
          <PageHead title={p('pin.title')} onBack={leave}>
            <p>{p('pin.forgotten')}</p>
          </PageHead>
          {had.value && asked.value === 'new' && (
            <QuietButton label={p('pin.remove')} onTap={() => void lock.removePin().then(leave)} />
          )}
          <PinKeys pin={pin}>
            {trouble.value && <p>{troubleWords(trouble.value, lock.waitMs(), p)}</p>}
            <p class="label">{askWords(asked.value, p)}</p>
          </PinKeys>
        </div>
      }
      step={<ActionButton label={p('pin.next')} whyNot={pinWhyNot(pin.value, p)} onTap={() => void next()} />}
    />
  );
}

function askWords(asked: Asked, p: PageText): string {
  if (asked === 'old') return p('pin.old');
  return asked === 'new' ? p('pin.new', PIN_LENGTH) : p('pin.again');
}

function troubleWords(trouble: Exclude<Trouble, null>, waitMs: number, p: PageText): string {
  if (trouble === 'differs') return p('pin.differs');
  if (trouble === 'notKept') return p('pin.notKept');
  return waitMs > 0 ? p('lock.wait', { seconds: Math.ceil(waitMs / 1_000) }) : p('pin.wrong');
}
