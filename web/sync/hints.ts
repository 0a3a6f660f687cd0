import { Hint } from '#shared/sync/protocol.ts';

/** The server sends something at least this often; silence means the stream is dead though it looks open. */
const SILENCE_MS = 60_000;

/**
 * Server-sent hints. Each says how far the log is; `null` says that there may be more news (I21).
 *
 *   open ── error, or silent for a minute ──► closed ── within half a minute ──► open
 */
export function listenForHints(path: string, onHint: (head: number | null) => void): () => void {
  let source: EventSource | null = null;
  let timer = 0;

  const watch = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(again, SILENCE_MS);
  };
  const hear = ({ data }: MessageEvent<unknown>): void => {
    watch();
    const hint = hintIn(data);
    if (hint !== null) onHint(hint.live ? null : hint.head);
  };
  const open = (): void => {
    source = new EventSource(path);
    source.addEventListener('message', hear);
    source.addEventListener('hint', hear);
    source.addEventListener('error', again);
    watch();
  };
  /** Reconnecting is ours to time: the browser's own would come in a herd after an outage. */
  const again = (): void => {
    source?.close();
    clearTimeout(timer);
    timer = window.setTimeout(
      () => {
        open();
        onHint(null);
      },
      5_000 + Math.random() * 25_000,
    );
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function hintIn(data: unknown): Hint | null {
  try {
    const hint = Hint.safeParse(JSON.parse(String(data)));
    return hint.success ? hint.data : null;
  } catch {
    return null;
  }
}
