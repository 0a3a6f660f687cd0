/** One open stream of server-sent events. */
export type EventStream = {
  readonly response: Response;
  /** False: the reader does not keep up, or is gone. */
  readonly send: (data: object) => boolean;
  readonly end: () => void;
};

/** Messages waiting for a reader; more than this and it is not reading. */
const WAITING_AT_MOST = 32;

/** `onGone` is called once, when the reader leaves or the stream is ended. */
export function createEventStream(onGone: () => void): EventStream {
  const text = new TextEncoder();
  let control: ReadableStreamDefaultController<Uint8Array> | null = null;

  const gone = (): void => {
    if (!control) return;
    control = null;
    onGone();
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        control = controller;
        controller.enqueue(text.encode('retry: 3000\n\n'));
      },
      cancel: gone,
    },
    { highWaterMark: WAITING_AT_MOST },
  );

  return {
    response: new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    }),
    send: (data) => {
      if (!control || (control.desiredSize ?? 0) <= 0) return false;
      control.enqueue(text.encode(`data: ${JSON.stringify(data)}\n\n`));
      return true;
    },
    end: () => {
      control?.close();
      gone();
    },
  };
}
