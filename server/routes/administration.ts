import { Hono } from 'hono';

import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { answered, RefusedRequest } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import type { Services } from '../services/services.ts';

/** What an administrator makes at the desk. */
export function administrationRoutes({ administration }: Pick<Services, 'administration'>): Hono<Env> {
  const app = new Hono<Env>();

  const units = endpoint('POST', '/v1/units');
  app.post(units.path, async (c) =>
    c.json(answered(await administration.makeUnit(askerOf(c), await readBody(c, units.body)))),
  );

  const crews = endpoint('POST', '/v1/crews');
  app.post(crews.path, async (c) =>
    c.json(answered(await administration.makeCrew(askerOf(c), await readBody(c, crews.body)))),
  );

  const people = endpoint('POST', '/v1/people');
  app.post(people.path, async (c) => {
    const made = await administration.makePerson(askerOf(c), await readBody(c, people.body));
    if (made.ok) return c.json(made.value);
    if (made.error === 'nameTaken')
      throw new RefusedRequest('badRequest', { field: 'name', reason: 'somebody signs in under this name already' });
    throw new RefusedRequest(made.error);
  });

  const passwords = endpoint('POST', '/v1/passwords');
  app.post(passwords.path, async (c) => {
    const given = await administration.givePassword(askerOf(c), await readBody(c, passwords.body));
    if (given.ok) return c.body(null, 204);
    if (given.error === 'hasNoLogin')
      throw new RefusedRequest('badRequest', { field: 'person', reason: 'crews come in by a code' });
    if (given.error === 'nameTaken')
      throw new RefusedRequest('badRequest', { field: 'person', reason: 'another one signs in under this name' });
    throw new RefusedRequest(given.error);
  });

  const rules = endpoint('POST', '/v1/rules');
  app.post(rules.path, async (c) => {
    const activated = await administration.activateRules(askerOf(c), await readBody(c, rules.body));
    if (activated.ok) return c.json(activated.value);
    if (activated.error === 'inThePast')
      throw new RefusedRequest('badRequest', { field: 'from', reason: 'that time has passed' });
    const { path, reason } = activated.error.fault;
    throw new RefusedRequest('badRequest', { field: `pack.${path}`, reason });
  });

  const codes = endpoint('POST', '/v1/codes');
  app.post(codes.path, async (c) =>
    c.json(answered(await administration.makeCode(askerOf(c), await readBody(c, codes.body)))),
  );

  return app;
}
