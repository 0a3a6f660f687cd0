import { Hono } from 'hono';

import { giveToken } from '../http/cookie.ts';
import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { originOf, type OriginSettings } from '../http/origin.ts';
import { answered } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import type { Services } from '../services/services.ts';

/** Signing in and out, enrolling, and naming a device's later outboxes. */
export function sessionRoutes({ sessions, door, hints }: Services, settings: OriginSettings): Hono<Env> {
  const app = new Hono<Env>();

  const signIn = endpoint('POST', '/v1/session');
  app.post(signIn.path, async (c) => {
    const origin = originOf(c, settings);
    const from = { address: origin.address, token: c.get('token') };
    const { signedIn, token } = answered(await door.signIn(await readBody(c, signIn.body), from));
    giveToken(c, origin, { form: signedIn.session.form, token });
    return c.json(signedIn);
  });

  const enrol = endpoint('POST', '/v1/enrol');
  app.post(enrol.path, async (c) => {
    const origin = originOf(c, settings);
    const { code } = await readBody(c, enrol.body);
    const { signedIn, token } = answered(await door.enrol(code, { address: origin.address, token: c.get('token') }));
    giveToken(c, origin, { form: signedIn.session.form, token });
    return c.json(signedIn);
  });

  app.get(endpoint('GET', '/v1/session').path, async (c) => c.json(await sessions.describe(askerOf(c))));

  // The cookie stays: it opens nothing any more, but still shows that this browser is the device it was given to.
  app.delete(endpoint('DELETE', '/v1/session').path, async (c) => {
    const token = c.get('token') ?? '';
    await sessions.signOut(token);
    hints.endSession(token);
    return c.body(null, 204);
  });

  const writers = endpoint('POST', '/v1/writers');
  app.post(writers.path, async (c) => {
    const { writer } = await readBody(c, writers.body);
    return c.json({ writer: await sessions.registerWriter(askerOf(c), writer) });
  });

  return app;
}
