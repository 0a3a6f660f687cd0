import { tourWords } from '../../text/tour-text.ts';
import { Tour } from '../../ui/tour.tsx';
import { useShell, useWords } from '../shell.ts';

const ANCHORS = [
  ['.strip'],
  ['.next-head', '.today h2', '.list-column'],
  ['.step-place', '.tabs'],
  ['.tabs'],
  ['.strip'],
] as const;

/** Shows a visitor of the demonstration around the tablet; once. */
export function CrewTour() {
  const { lang } = useWords();
  const { tour } = useShell().choices;
  if (tour?.value !== 'offered') return null;
  return <Tour words={tourWords('crew', lang)} anchors={ANCHORS} onEnd={() => (tour.value = 'seen')} />;
}
