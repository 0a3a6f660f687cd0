import { useMemo } from 'preact/hooks';

import type { CrewId } from '#shared/ids.ts';

import { useClient } from '../read/client-context.ts';
import { type Board, createBoard } from './today/board.ts';

/** Found out once per order and change, however often the frame is drawn. */
export function useBoard(crew: CrewId): Board {
  const client = useClient();
  const { activations } = client.org.value;
  const boardOf = useMemo(() => createBoard(crew, activations), [crew, activations]);
  const [views, taps] = [client.orders.value, client.taps.value];
  return useMemo(() => boardOf(views, taps), [boardOf, views, taps]);
}
