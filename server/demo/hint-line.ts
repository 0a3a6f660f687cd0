import { Hint } from '#shared/sync/protocol.ts';

export type HintLine = {
  readonly base: string;
  readonly cookie: string;
  readonly hint: (head: number) => void;
  /** The stream has ended, and not because it was told to. */
  readonly lost: () => void;
};

/** Reads the server's stream of hints (server-sent events) until it ends; gives back how to end it. */
export function listenForHints({ base, cookie, hint, lost }: HintLine): () => void {
  const control = new AbortController();
  const read = async (): Promise<void> => {
    const answer = await fetch(`${base}/v1/hints`, { headers: { cookie }, signal: control.signal });
    if (!answer.ok || !answer.body) return;
    let kept = '';
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (kept + part).split('\n');
      kept = lines.pop() ?? '';
      for (const line of lines) {
        const head = headIn(line);
        if (head !== null) hint(head);
      }
    }
  };
  // A stream that fails is a stream that ends: the next exchange opens another.
  void read()
    .catch(() => undefined)
    .then(() => (control.signal.aborted ? undefined : lost()));
  return () => control.abort();
}

function headIn(line: string): number | null {
  if (!line.startsWith('data:')) return null;
  try {
    const parsed = Hint.safeParse(JSON.parse(line.slice(5)));
    return parsed.success ? parsed.data.head : null;
  } catch {
    return null;
  }
}
