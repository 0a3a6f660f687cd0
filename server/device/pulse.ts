/** `beat`: to be done each second. `look`: to be done in between, as soon as it said, in ms; null: not before the beat. */
type Work = {
  readonly beat: () => Promise<unknown>;
  readonly look: () => Promise<number | null>;
  readonly onError: (error: unknown) => void;
};

const SECOND_MS = 1_000;
/** What is due within this is done together. */
const TOGETHER_MS = 50;

/** Begins at once, and never does two things at the same time; no timer is longer than a second. */
export function startPulse({ beat, look, onError }: Work): { readonly stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  let nextBeat = performance.now();

  const work = async (): Promise<void> => {
    if (performance.now() >= nextBeat) {
      // A second that was missed is not made up for.
      nextBeat = Math.max(nextBeat, performance.now() - SECOND_MS) + SECOND_MS;
      await beat().catch(onError);
    }
    const wait = await look().catch((error: unknown) => {
      onError(error);
      return null;
    });
    plan(Math.min(wait ?? SECOND_MS, nextBeat - performance.now()));
  };
  const plan = (wait: number): void => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        running = work();
      },
      Math.min(SECOND_MS, Math.max(TOGETHER_MS, wait)),
    );
  };

  running = work();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
