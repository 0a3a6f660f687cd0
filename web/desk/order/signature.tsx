import type { Signed } from '#shared/event/evidence.ts';

import { useWords } from '../desk-state.ts';

/** The customer's pen strokes as drawn, under the lines that stood above the field. */
export function Signature({ signed }: { readonly signed: Signed }) {
  const { t } = useWords();
  const { width, height, strokes, shown, name } = signed;
  return (
    <figure class="signature">
      <figcaption class="meta">{[t('sheet.customerSaw'), ...shown].join(' · ')}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name ?? t('trace.signed')}>
        {strokes.map((stroke, index) => (
          // Strokes have no names but their place.
          <path key={index} d={strokePath(stroke)} vector-effect="non-scaling-stroke" />
        ))}
      </svg>
    </figure>
  );
}

/** x, y, x, y … as path data; a single point is a dot. */
function strokePath(stroke: readonly number[]): string {
  const points = Array.from(
    { length: Math.floor(stroke.length / 2) },
    (_, i) => `${stroke[2 * i]} ${stroke[2 * i + 1]}`,
  );
  return points.length === 1 ? `M${points[0]}h0` : `M${points.join('L')}`;
}
