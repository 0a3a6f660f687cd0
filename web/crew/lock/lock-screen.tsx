import { useSignal } from '@preact/signals';

import type { CrewId } from '#shared/ids.ts';

import { useClient } from '../../read/client-context.ts';
import { PIN_LENGTH, type PinLock } from '../../read/pin-lock.ts';
import { groupedId } from '../../text/format.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Strip } from '../../ui/strip.tsx';
import { OrderChip } from '../order-chip.tsx';
import { usePageWords } from '../page-words.ts';
import { useShell } from '../shell.ts';
import { sayStatus } from '../status-say.ts';
import { useBoard } from '../use-board.ts';
import { LockPeople } from './lock-people.tsx';
import { PinKeys } from './pin-keys.tsx';
import { pinWhyNot } from './pin-why-not.ts';

/** What a locked tablet tells whoever picks it up: whose it is, what waits, the next limit. No address, and no name but of several. */
export function LockScreen({ crew, lock }: { readonly crew: CrewId; readonly lock: PinLock }) {
  const words = usePageWords();
  const { p, f } = words;
  const client = useClient();
  const pin = useSignal('');
  const state = useSignal<'ready' | 'checking' | 'wrong'>('ready');
  const now = client.now.value;
  const said = sayStatus(client.status.value, now, words);
  const seconds = useWait(lock);

  const fresh = (): void => {
    pin.value = '';
    state.value = 'ready';
  };
  const unlock = async (): Promise<void> => {
    if (state.value === 'checking') return;
    state.value = 'checking';
    const right = await lock.unlock(pin.value);
    pin.value = '';
    state.value = right ? 'ready' : 'wrong';
  };
  const whyNot = seconds > 0 ? p('lock.wait', { seconds }) : pinWhyNot(pin.value, p);
  return (
    <div class="frame is-lock">
      <Strip
        start={`${client.session.value?.crew?.name ?? ''} ${f.clock(now)}`.trim()}
        text={said.text}
        tone={said.tone}
      />
      <main class="page">
        <div class="lock">
          <h1 class="label">{p('lock.title')}</h1>
          <NextLimit crew={crew} />
          <div class="lock-more">
            <p>{p('lock.goesOn')}</p>
            <p>{p('lock.forgotten')}</p>
          </div>
        </div>
      </main>
      <div class="lock-thumb">
        <LockPeople lock={lock} onChange={fresh} />
        <PinKeys pin={pin} corner={<OtherPerson />}>
          {state.value === 'checking' && <p>{p('lock.checking')}</p>}
          {state.value === 'wrong' && seconds === 0 && <p class="label">{p('lock.wrong', { n: lock.left.value })}</p>}
          {state.value === 'ready' && seconds === 0 && <p>{p('lock.type', PIN_LENGTH)}</p>}
        </PinKeys>
        <ActionButton label={p('lock.open')} whyNot={whyNot} onTap={() => void unlock()} />
      </div>
    </div>
  );
}

/** Seconds until the next try is taken. */
function useWait(lock: PinLock): number {
  const client = useClient();
  // The value of this clock is another one's: it only says that a second has passed.
  void client.seconds.value;
  return Math.ceil(lock.waitMs() / 1_000);
}

function NextLimit({ crew }: { readonly crew: CrewId }) {
  const { t, p } = usePageWords();
  const client = useClient();
  const { next } = useBoard(crew);
  if (!next) return <p>{t('today.nothingNext')}</p>;
  return (
    <div class="lock-next">
      <span class="number">
        <OrderChip order={next.order} crew={crew} now={client.now.value} second filled />
      </span>
      <span class="label tabular">{groupedId(next.order.id)}</span>
      <p class="meta">{p('lock.hidden')}</p>
    </div>
  );
}

/** Somebody else's tablet now, or the PIN is forgotten: both by a new code from the desk. */
function OtherPerson() {
  const { p } = usePageWords();
  const shell = useShell();
  return (
    <button type="button" class="pin-key is-word" onClick={() => shell.go({ at: 'enrol' })}>
      {p('lock.person')}
    </button>
  );
}
