import { useClient } from '../../read/client-context.ts';
import type { PinLock } from '../../read/pin-lock.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { usePageWords } from '../page-words.ts';

/** Of several people on a tablet: whose PIN is asked for, who else has one, and whoever only wanted to let another one in. */
export function LockPeople({ lock, onChange }: { readonly lock: PinLock; readonly onChange: () => void }) {
  const { p } = usePageWords();
  const session = useClient().session.value;
  const people = (session?.people ?? []).filter(({ id }) => lock.knows(id) || id === session?.person.id);
  if (people.length < 2) return null;
  return (
    <div class="lock-people" role="group" aria-label={p('people.title')}>
      {people.map(({ id, name }) => (
        <QuietButton
          key={id}
          label={name}
          pressed={id === lock.asks.value}
          onTap={() => {
            lock.change(id);
            onChange();
          }}
        />
      ))}
    </div>
  );
}
