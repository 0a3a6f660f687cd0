import type { SyncState } from '../../read/client-context.ts';
import type { DeskText } from '../../text/desk-text.ts';
import { useDesk, useWords } from '../desk-state.ts';

/** What the engine knows: grey, whatever it is. The age is that of the last success, never of an attempt. */
export function Connection() {
  const { client } = useDesk();
  const { t, format } = useWords();
  const { state, lastSuccessAt, waiting, held } = client.status.value;
  const age = lastSuccessAt === null ? null : format.age(client.now.value - lastSuccessAt);
  return (
    <span class="header-connection tabular" role="status">
      {stateWord(state, t)}
      {' · '}
      {age === null ? t('desk.neverHeard') : t('desk.lastHeard', { age })}
      {waiting > 0 && ` · ${t('desk.waiting', { n: waiting })}`}
      {held > 0 && ` · ${t('desk.heldHere', { n: held })}`}
    </span>
  );
}

function stateWord(state: SyncState, t: DeskText): string {
  switch (state) {
    case 'idle':
    case 'going':
      return t('desk.connected');
    default:
      return t(`desk.${state}`);
  }
}
