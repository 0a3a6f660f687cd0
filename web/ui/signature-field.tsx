import './signature-field.css';
import { useEffect, useRef } from 'preact/hooks';

/** Pen strokes in CSS pixels of a `width` × `height` field. */
export type Drawn = {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly (readonly { readonly x: number; readonly y: number }[])[];
};

export type SignatureFieldProps = {
  /** Names the field to a screen reader, and stands in it while it is empty. */
  readonly label: string;
  readonly onDrawn: (drawn: Drawn) => void;
  readonly onState: (state: 'ready' | 'failed') => void;
};

/** A field to sign in; a new `key` empties it. The pen is loaded when it is first shown. */
export function SignatureField({ label, onDrawn, onState }: SignatureFieldProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const told = useRef({ onDrawn, onState });
  told.current = { onDrawn, onState };

  useEffect(() => {
    const field = canvas.current;
    if (!field) return undefined;
    let close: (() => void) | undefined;
    let left = false;
    import('signature_pad').then(
      ({ default: SignaturePad }) => {
        if (left) return;
        const { width, height } = field.getBoundingClientRect();
        const scale = Math.max(1, window.devicePixelRatio);
        field.width = width * scale;
        field.height = height * scale;
        field.getContext('2d')?.scale(scale, scale);
        const pad = new SignaturePad(field, { penColor: getComputedStyle(field).color, minWidth: 1.2, maxWidth: 3.5 });
        const tell = (): void =>
          told.current.onDrawn({
            width,
            height,
            strokes: pad.toData().map((stroke) => stroke.points.map(({ x, y }) => ({ x, y }))),
          });
        pad.addEventListener('endStroke', tell);
        close = () => {
          pad.removeEventListener('endStroke', tell);
          pad.off();
        };
        told.current.onState('ready');
      },
      () => told.current.onState('failed'),
    );
    return () => {
      left = true;
      close?.();
    };
  }, []);

  return (
    <div class="signature-field">
      <canvas ref={canvas} role="img" aria-label={label} />
      <span class="signature-label" aria-hidden="true">
        {label}
      </span>
    </div>
  );
}
