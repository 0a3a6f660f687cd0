import type { ClockFiles } from '../device/clock-files.ts';
import { JUMP_MS, type ClockJump, type GuardedClock } from '../device/guarded-clock.ts';
import type { Log } from '../device/log.ts';

/** Watches the server's clock: tells of a jump, takes its acceptance, and writes down what time it is. */
export type ClockKeeper = {
  /** To be called each second; says whether a jump began, changed or ended. */
  readonly beat: () => Promise<boolean>;
  readonly jump: () => ClockJump | null;
};

type Deps = {
  readonly clock: GuardedClock;
  readonly files: ClockFiles;
  readonly log: Log;
  /** The latest receipt in the log, server time, ms. */
  readonly latestReceipt: () => Promise<number>;
};

/** A process that is killed goes on from what was written last, so this only bounds what a correction can lose. */
const KEEP_EVERY_MS = 2_000;

export async function openClockKeeper({ clock, files, log, latestReceipt }: Deps): Promise<ClockKeeper> {
  let waived = files.anchor()?.waived;
  if (!clock.continued) {
    const receipt = await latestReceipt();
    if (receipt > (waived ?? 0)) clock.notBefore(receipt);
  }
  let told: ClockJump | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;

  const keep = (): void => {
    const anchor = clock.anchor();
    files.keepAnchor(waived === undefined ? anchor : { ...anchor, waived });
    keptAt = anchor.at;
  };
  const takeAcceptance = async (): Promise<void> => {
    const by = files.accepted();
    if (by === null) return;
    // First the receipt that no longer binds, then the time: killed between them, the person is asked again.
    const receipt = await latestReceipt();
    if (clock.accept(by)) {
      waived = by < 0 ? receipt : waived;
      keep();
      log.warn({ byMs: by }, 'a person accepted the jump of the clock; server time follows it');
    } else log.warn({ byMs: by }, 'a jump of the clock was accepted that is not there any more; nothing changes');
    files.dropAccepted();
  };
  const tell = (): boolean => {
    const jump = clock.jump();
    if (jump === null ? told === null : told !== null && Math.abs(jump.by - told.by) <= JUMP_MS) return false;
    told = jump;
    if (jump) log.error({ byMs: jump.by }, 'the clock of this machine jumped; server time does not follow');
    else log.info({}, 'the clock of this machine agrees with server time again');
    return true;
  };

  keep();
  return {
    beat: async () => {
      await takeAcceptance();
      const news = tell();
      const now = clock.now();
      if (now - keptAt >= KEEP_EVERY_MS || now < keptAt) keep();
      return news;
    },
    jump: () => clock.jump(),
  };
}
