import type { Context } from 'hono';

import type { Env } from './env.ts';

/** What decides where a request came from: proxies that are believed, and the origin people type. */
export type OriginSettings = { readonly trustedProxies: readonly string[]; readonly publicUrl: string | null };

/** `secure`: https. `powerful`: browsers give this origin a service worker, locks and a camera. */
export type Origin = {
  readonly url: string;
  readonly secure: boolean;
  readonly powerful: boolean;
  /** Network address of whoever is behind the proxies we trust. */
  readonly address: string;
};

/** Asked several times of one request, and found out once. */
export function originOf(c: Context<Env>, settings: OriginSettings): Origin {
  const known = c.get('origin') ?? findOrigin(c, settings);
  c.set('origin', known);
  return known;
}

function findOrigin(c: Context<Env>, settings: OriginSettings): Origin {
  const peer = plain(c.env?.incoming?.socket.remoteAddress ?? 'unknown');
  const trusts = (address: string) => settings.trustedProxies.includes(address);
  const here = new URL(c.req.url);
  // Only our own proxy's word counts, and of the list only what our own proxies added: the right end.
  const hops = trusts(peer) ? listOf(c.req.header('x-forwarded-for')).map(plain) : [];
  const forwarded = trusts(peer) ? listOf(c.req.header('x-forwarded-proto')).at(-1) : undefined;
  const scheme = forwarded === 'https' || forwarded === 'http' ? `${forwarded}:` : here.protocol;
  const url = settings.publicUrl ?? `${scheme}//${here.host}`;
  const { hostname } = settings.publicUrl === null ? here : new URL(url);
  const secure = url.startsWith('https:');
  return {
    url,
    secure,
    powerful: secure || isLocal(hostname),
    address: hops.findLast((hop) => !trusts(hop)) ?? peer,
  };
}

const listOf = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** An IPv4 address that arrived over an IPv6 socket is that IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const isLocal = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
