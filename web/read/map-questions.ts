import { MapList } from '#shared/api/maps.ts';
import { EquipmentAnswer } from '#shared/api/positions.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Transport } from '#shared/engine/ports.ts';

import type { Client } from './client-context.ts';

/** What a map may draw below its marks. Shown and not kept. */
export const createMapQuestions = (transport: Transport): Pick<Client, 'maps' | 'equipment'> => ({
  maps: async () => readAnswer(MapList, await transport.ask('GET', '/v1/maps')),
  equipment: async (box) =>
    readAnswer(
      EquipmentAnswer,
      await transport.ask('GET', `/v1/equipment?box=${box.map((one) => one.toFixed(5)).join(',')}`),
    ),
});
