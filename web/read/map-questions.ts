import { MapList } from '#shared/api/maps.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Transport } from '#shared/engine/ports.ts';

import type { Client } from './client-context.ts';

/** What a map may draw below its marks. Shown and not kept. */
export const createMapQuestions = (transport: Transport): Pick<Client, 'maps'> => ({
  maps: async () => readAnswer(MapList, await transport.ask('GET', '/v1/maps')),
});
