import { viewByBruteForce, type Eye } from '../../laws/view-oracle.ts';
import { asLines } from './convergence.ts';
import type { Check, Indexed } from './indexed.ts';

/**
 * C7: no byte of an order went to a machine whose view did not have it then. Replaying a log for each page costs most of
 * a run, so some pages are looked at in each history.
 */
export const nothingForeignIsSent: Check = (history) => {
  const pages = history.wire.filter(({ answer }) => (answer?.page?.subjects.length ?? 0) > 0);
  const every = Math.max(1, Math.ceil(pages.length / LOOKED_AT));
  return pages.filter((_, index) => index % every === history.seed % every).flatMap((one) => foreignIn(history, one));
};

const LOOKED_AT = 8;

function foreignIn(history: Indexed, { machine, log, answer, at }: Indexed['wire'][number]): readonly string[] {
  const trace = history.machines[machine];
  const lines = history.indexed[log];
  const page = answer?.page;
  // Somebody who was enrolled anew has another device now.
  if (!trace || !lines || !page || !page.scope.startsWith(`${trace.form}:${trace.device}`)) return [];
  const { form, device, unit } = trace;
  const eye: Eye = form === 'tablet' ? { form, device } : { form, device, unit };
  const view = viewByBruteForce(asLines(lines), eye, page.to);
  return page.subjects.flatMap(({ subject, events }) => {
    const end = view.get(subject)?.end ?? 0;
    const foreign = events.filter(({ q }) => q > end);
    return foreign.length === 0
      ? []
      : [
          `machine ${machine} was sent ${subject} at ${foreign.map(({ q }) => q).join()} on ${new Date(at).toISOString()}, its view ends at ${end}`,
        ];
  });
}
