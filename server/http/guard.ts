import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';

import type { Endpoint } from '#shared/api/endpoints.ts';

import type { Asker } from '../services/asker.ts';
import { isOurApp, shownToken, type Shown } from './cookie.ts';
import type { Env } from './env.ts';
import { originOf, type Origin, type OriginSettings } from './origin.ts';
import { RefusedRequest } from './problem.ts';

type Who = (token: string) => Promise<Asker | null>;

/** Lets through who may call this endpoint, and finds out who it is. Stands before every endpoint, public ones too. */
export const guard = (endpoint: Endpoint, who: Who, settings: OriginSettings) =>
  createMiddleware<Env>(async (c, next) => {
    const origin = originOf(c, settings);
    const shown = shownToken(c, origin);
    if (endpoint.method !== 'GET' && (!shown || shown.byBrowser)) refuseForeignPage(c, origin, shown);
    c.set('token', shown?.token ?? null);
    // A tracker has no session: its route asks for its key.
    const open = endpoint.who === 'anybody' || endpoint.who === 'tracker';
    c.set('asker', open || !shown ? null : await who(shown.token));
    if (!open) refuseUnlessAllowed(c.get('asker'), endpoint);
    await next();
  });

function refuseUnlessAllowed(asker: Asker | null, { who, blockedToo }: Endpoint): void {
  if (!asker) throw new RefusedRequest('signInNeeded');
  if (asker.blocked && !blockedToo) throw new RefusedRequest('deviceBlocked');
  const allowed = typeof who === 'string' || (asker.form === 'desk' && who.includes(asker.role));
  if (!allowed) throw new RefusedRequest('notAllowed');
}

/**
 * A page of another site must not act with our cookie, nor sign a browser in. Browsers say where a request comes from;
 * what says nothing and brings no cookie, or has our apps' own header, is not led by another site's page.
 */
function refuseForeignPage(c: Context<Env>, origin: Origin, shown: Shown | null): void {
  const sent = c.req.header('origin');
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const silent = sent === undefined && (shown === null || isOurApp(c));
  const ours = (sent === origin.url || silent) && (site === 'same-origin' || site === 'none');
  if (!ours) throw new RefusedRequest('notAllowed', { field: 'Origin', reason: `this is ${origin.url}` });
}
