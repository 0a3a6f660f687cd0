import type { CrewId } from '#shared/ids.ts';
import type { Activation } from '#shared/sla/pack-for.ts';

import type { MapModel } from '../../map/map-model.ts';
import type { Fix, OrderView } from '../../read/client-context.ts';
import { groupedId } from '../../text/format.ts';
import { sayVerdict } from '../local-verdict-words.ts';
import { localVerdict } from '../local-verdict.ts';
import type { Words } from '../shell.ts';

type Shown = {
  readonly views: readonly OrderView[];
  readonly crew: CrewId;
  readonly here: Fix | null;
  readonly now: number;
  readonly activations: readonly Activation[];
};

/** The crew's orders that have a place, with the marks the list shows, and where the tablet is. */
export function mapModelOf({ views, crew, here, now, activations }: Shown, words: Words): MapModel {
  const orders = views.flatMap(({ order }) => {
    const point = order.report?.point;
    // Hundreds of orders without a place would each be judged for nothing, at every tap on this page.
    const local = point && localVerdict(order, { crew, now, activations });
    if (!local) return [];
    const said = sayVerdict(local, words, now);
    return [
      { id: order.id, point, ...said.shape, word: said.word, title: `${groupedId(order.id)} ${order.report.address}` },
    ];
  });
  return { orders, here };
}
