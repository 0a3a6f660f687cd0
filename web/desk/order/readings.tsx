import type { ClockReading } from '#shared/time/clock-reading.ts';

import type { TraceLine } from '../../read/client-context.ts';
import { useWords } from '../desk-state.ts';

/** The raw readings an event keeps for ever, for whoever has to judge a time. Numbers as they were read. */
export function Readings({ line }: { readonly line: TraceLine }) {
  const { t, format } = useWords();
  const { event, hash, q, rcv, time } = line.recorded;
  const { clock, seen } = event;
  const exact = (at: number): string => `${format.clockSeconds(at)} (${at})`;
  const rows: readonly (readonly [string, string])[] = [
    [t('readings.event'), `${line.id} · ${event.kind} v${event.v} · q ${q ?? '–'}`],
    [t('readings.bounds'), `${exact(time.lo)} … ${exact(time.hi)}`],
    [t('readings.estimate'), `${exact(time.est)} ± ${time.e} ms · ${time.grade}${time.why ? ` · ${time.why}` : ''}`],
    [t('sureness.title'), format.timeReason(time) ?? '–'],
    [t('readings.received'), rcv === null ? '–' : exact(rcv)],
    [t('readings.wall'), exact(clock.wall)],
    [t('readings.mono'), `${clock.mono} ms · ${clock.page}`],
    [
      t('readings.anchor'),
      clock.anchor ? `${exact(clock.anchor.server)} ± ${clock.anchor.halfTrip} ms · ${clock.anchor.page}` : '–',
    ],
    [t('readings.gps'), gpsAt(clock.gps, exact)],
    [t('readings.seen'), seen ? `${seen.epoch} · q ${seen.q}` : '–'],
    [t('readings.hash'), hash],
    [t('readings.data'), JSON.stringify(event.data)],
  ];
  return (
    <dl class="readings tabular">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const gpsAt = (gps: ClockReading['gps'], exact: (at: number) => string): string => {
  if (gps === undefined) return '–';
  return exact(typeof gps === 'number' ? gps : gps.at);
};
