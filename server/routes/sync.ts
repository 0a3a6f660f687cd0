import { Hono } from 'hono';

import type { Clock } from '../device/clock.ts';
import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { createEventStream } from '../http/event-stream.ts';
import { packed } from '../http/packed.ts';
import { answered } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import { answerText } from '../services/answer-text.ts';
import type { Services } from '../services/services.ts';

/** Push and pull, and the hints that say when to pull. */
export function syncRoutes({ sync, hints, admission }: Services, clock: Clock): Hono<Env> {
  const app = new Hono<Env>();

  const { path, body } = endpoint('POST', '/v1/sync');
  app.post(path, async (c) => {
    const asker = askerOf(c);
    // Before it takes a place: a slow line must not hold one.
    const request = await readBody(c, body);
    const receivedAt = clock();
    const answer = answered(await admission.admit(asker.form, () => sync(asker, request, receivedAt)));
    return packed(c, answerText(answer));
  });

  app.get(endpoint('GET', '/v1/hints').path, (c) => {
    const { device, form } = askerOf(c);
    const who = { device, form, token: c.get('token') ?? '' };
    let stop = (): void => undefined;
    const stream = createEventStream(() => stop());
    stop = answered(hints.listen(who, stream));
    return stream.response;
  });

  return app;
}
