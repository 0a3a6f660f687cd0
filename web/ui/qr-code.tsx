import './qr-code.css';
import { encode } from 'uqr';

export type QrCodeProps = { readonly text: string; readonly label: string };

/** A text as a QR code, black on white in every theme: cameras read nothing else as well. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: 'M', border: 3 });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={dots.join('')} />
    </svg>
  );
}
