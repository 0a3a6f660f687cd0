import type { IncomingMessage } from 'node:http';

import type { Context } from 'hono';

import type { Asker } from '../services/asker.ts';
import type { Origin } from './origin.ts';

/** What a request carries through its handlers. `token`: the secret it showed, whatever it opens. */
export type Env = {
  Bindings: { readonly incoming?: IncomingMessage };
  Variables: { asker: Asker | null; token: string | null; origin?: Origin };
};

/** Who asks, on a route behind the guard; anywhere else it is a defect to want to know. */
export function askerOf(c: Context<Env>): Asker {
  const asker = c.get('asker');
  if (!asker) throw new Error(`${c.req.path} asks who is asking, but is open to anybody`);
  return asker;
}
