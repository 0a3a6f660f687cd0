import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

import type { Env } from './env.ts';
import type { Origin } from './origin.ts';

/** Over plain http from elsewhere no browser would keep a `__Host-` cookie; that origin is for trying things out. */
const nameOn = (origin: Origin): string => (origin.powerful ? '__Host-relight' : 'relight');

/** The secret a request shows, and whether a browser added it by itself. */
export function shownToken(c: Context<Env>, origin: Origin): { token: string; byBrowser: boolean } | null {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, byBrowser: false };
  const cookie = getCookie(c, nameOn(origin));
  return cookie === undefined || cookie === '' ? null : { token: cookie, byBrowser: true };
}

export function giveToken(c: Context<Env>, origin: Origin, token: string): void {
  setCookie(c, nameOn(origin), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: origin.powerful,
    maxAge: 400 * 24 * 60 * 60,
  });
}
