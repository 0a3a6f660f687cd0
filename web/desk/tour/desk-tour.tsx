import { tourWords } from '../../text/tour-text.ts';
import { Tour } from '../../ui/tour.tsx';
import { useDesk } from '../desk-state.ts';

const ANCHORS = [['.counts'], ['.list-pane'], ['.alert-pane'], ['.map-pane'], ['.count.is-undispatched']] as const;

/** Shows a visitor of the demonstration around the desk; once. */
export function DeskTour() {
  const { lang, tour } = useDesk().preferences;
  if (tour?.value !== 'offered') return null;
  return <Tour words={tourWords('desk', lang.value)} anchors={ANCHORS} onEnd={() => (tour.value = 'seen')} />;
}
