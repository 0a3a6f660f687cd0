import { err, ok, type Result } from '#shared/result.ts';

/**
 * Lets so many sync requests in at a time, and says `busy` to those who would wait too long: after an outage of a region
 * hundreds of tablets come back at once. Desks wait in a line of their own and have a place kept free, so that a person
 * who is online is not behind all of them; of four that are let in, one is a tablet while any waits.
 *
 *   comes ─► a place is free ─► at work ─► done: the next one, after others had their turn
 *          └► waits, desks before tablets ─┘
 *          └► too many wait: busy
 */
export type Admission = {
  readonly admit: <T>(form: 'tablet' | 'desk', work: () => Promise<T>) => Promise<Result<T, 'busy'>>;
  readonly waiting: () => number;
};

/** `places`: at work at once. `kept`: of these, for desks alone. `line`: that may wait, of each form. */
export type AdmissionLimits = { readonly places: number; readonly kept: number; readonly line: number };

export const ADMISSION: AdmissionLimits = { places: 8, kept: 2, line: 200 };

const DESKS_IN_A_ROW = 3;

export function createAdmission({ places, kept, line }: AdmissionLimits): Admission {
  const lines: { readonly [F in 'tablet' | 'desk']: (() => void)[] } = { tablet: [], desk: [] };
  const inside = { tablet: 0, desk: 0 };
  let desksInARow = 0;

  const hasRoom = (form: 'tablet' | 'desk'): boolean => {
    const all = inside.tablet + inside.desk;
    return all < places && (form === 'desk' || inside.tablet < places - kept);
  };
  const next = (): void => {
    const tabletsTurn = desksInARow >= DESKS_IN_A_ROW && lines.tablet.length > 0 && hasRoom('tablet');
    const form = lines.desk.length > 0 && !tabletsTurn ? 'desk' : 'tablet';
    if (lines[form].length === 0 || !hasRoom(form)) return;
    desksInARow = form === 'desk' ? desksInARow + 1 : 0;
    inside[form] += 1;
    lines[form].shift()?.();
  };
  const leave = (form: 'tablet' | 'desk'): void => {
    inside[form] -= 1;
    // Who is not in a line, a page or a search, is served in between.
    setImmediate(next);
  };

  return {
    admit: async (form, work) => {
      if (lines[form].length >= line) return err('busy');
      await new Promise<void>((resolve) => {
        lines[form].push(resolve);
        next();
      });
      try {
        return ok(await work());
      } finally {
        leave(form);
      }
    },
    waiting: () => lines.tablet.length + lines.desk.length,
  };
}
