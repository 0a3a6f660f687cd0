import { useClient } from '../../read/client-context.ts';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { Section } from '../../ui/section.tsx';
import { usePageWords } from '../page-words.ts';
import { useShell } from '../shell.ts';

/** Who works on this tablet: what is recorded is theirs. Another one takes over by one tap and their PIN, without signal. */
export function TabletPeople() {
  const { p } = usePageWords();
  const shell = useShell();
  const session = useClient().session.value;
  if (!session) return null;
  const people = session.people ?? [session.person];
  return (
    <Section title={p('people.title')} count={people.length}>
      <div class="shift-people">
        {people.map(({ id, name }) => (
          <QuietButton key={id} label={name} pressed={id === session.person.id} onTap={() => shell.lock.change(id)} />
        ))}
        <QuietButton label={p('people.add')} onTap={() => shell.go({ at: 'enrol' })} />
      </div>
      {people.length > 1 && <p class="meta">{p('people.mean')}</p>}
    </Section>
  );
}
