import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

import type { Env } from './env.ts';
import type { Origin } from './origin.ts';

export type Form = 'tablet' | 'desk';

/** The header with which our apps say which of the two they are; event streams say it in the address. */
const FORM_HEADER = 'relight-form';

/** The secret a request shows, and whether a browser added it by itself. */
export type Shown = { readonly token: string; readonly byBrowser: boolean };

export function shownToken(c: Context<Env>, origin: Origin): Shown | null {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, byBrowser: false };
  const form = c.req.header(FORM_HEADER) ?? c.req.query('form');
  const forms: readonly Form[] = form === 'tablet' || form === 'desk' ? [form] : ['desk', 'tablet'];
  const token = forms.map((one) => getCookie(c, nameOf(one, origin))).find((value) => value !== undefined);
  return token === undefined || token === '' ? null : { token, byBrowser: true };
}

/** Only our own pages can set this header: another site's would have to be allowed to first, and never is. */
export const isOurApp = (c: Context<Env>): boolean => c.req.header(FORM_HEADER) !== undefined;

export function giveToken(c: Context<Env>, origin: Origin, { form, token }: { form: Form; token: string }): void {
  setCookie(c, nameOf(form, origin), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: origin.powerful,
    maxAge: 400 * 24 * 60 * 60,
  });
}

/**
 * Desk and crew app may both live in one browser, each with its session. Over plain http from elsewhere no browser
 * would keep a `__Host-` cookie; that origin is for trying things out.
 */
const nameOf = (form: Form, origin: Origin): string =>
  `${origin.powerful ? '__Host-' : ''}relight${form === 'desk' ? '' : '-tablet'}`;
