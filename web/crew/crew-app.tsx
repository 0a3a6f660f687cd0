import './crew-app.css';
import { useEffect } from 'preact/hooks';

import { useClient } from '../read/client-context.ts';
import { Frame } from './frame.tsx';
import { NotSavedScreen } from './not-saved-screen.tsx';
import { useShell } from './shell.ts';
import { useLater } from './use-later.tsx';

/** The crew app: a place on the page, inside the frame that never moves. */
export function CrewApp() {
  const client = useClient();
  const shell = useShell();
  const session = client.session.value;
  const crew = session?.crew?.id ?? null;
  const { notSaved } = client.status.value;
  const enrolled = session !== null;
  const later = useLater();

  useEffect(() => {
    if (!enrolled) return undefined;
    client.position.watch(true);
    return () => client.position.watch(false);
  }, [client, enrolled]);

  const locked = shell.lock.locked.value;

  return (
    <>
      {crew === null || shell.place.value.at === 'enrol' ? (
        <main class="frame is-enrol">{later.screens ? <later.screens.EnrolScreen /> : later.otherwise}</main>
      ) : locked ? (
        later.screens ? (
          <later.screens.LockScreen crew={crew} lock={shell.lock} />
        ) : (
          later.otherwise
        )
      ) : (
        <Frame crew={crew} later={later} />
      )}
      {crew !== null && !locked && later.screens && <later.screens.CrewTour />}
      {notSaved && <NotSavedScreen notSaved={notSaved} />}
    </>
  );
}
