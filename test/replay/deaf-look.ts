import type { OpenServices } from '../../server/open-services.ts';
import { createOverdue } from '../../server/services/overdue.ts';
import type { OverdueStore } from '../../server/store/overdue-store.ts';

/** A server that takes silence for knowledge: to it every tablet has always just been heard. To be caught. */
export function deafLook({ store }: OpenServices, clock: () => number): OpenServices['look'] {
  const judgeDue: OverdueStore['judgeDue'] = (now, atMost, judge) =>
    store.overdue.judgeDue(now, atMost, (order, by) =>
      judge(order, {
        ...by,
        devicesOf: (crew, limit) => by.devicesOf(crew, limit).map((device) => ({ ...device, heard: now })),
      }),
    );
  const overdue = createOverdue({ overdue: { ...store.overdue, judgeDue } });
  return async () => {
    await overdue.tick(clock());
    const next = await overdue.next();
    return next === null ? null : next - clock();
  };
}
