import type { CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import { useClient } from '../read/client-context.ts';
import { VerdictChip } from '../ui/verdict-chip.tsx';
import { sayVerdict } from './local-verdict-words.ts';
import { localVerdict } from './local-verdict.ts';
import { useWords } from './shell.ts';

export type OrderChipProps = {
  readonly order: Order;
  readonly crew: CrewId;
  readonly now: number;
  /** Filled where something is not as it should be; what is normal stays grey. */
  readonly filled?: boolean | undefined;
  /** With the limit under the word. */
  readonly second?: boolean | undefined;
  readonly seconds?: boolean | undefined;
};

/** How an order stands against its limit, as this tablet sees it. Nothing, while its report has not come. */
export function OrderChip({ order, crew, now, filled, second = false, seconds = false }: OrderChipProps) {
  const words = useWords();
  const { activations } = useClient().org.value;
  const local = localVerdict(order, { crew, now, activations });
  if (!local) return null;
  const said = sayVerdict(local, words, now, seconds);
  return (
    <VerdictChip
      {...said.shape}
      word={said.word}
      second={second ? said.second : undefined}
      filled={filled && said.shape.look !== 'running' && said.shape.look !== 'met'}
    />
  );
}
