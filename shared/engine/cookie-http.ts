import type { Http } from './http-transport.ts';

/** The part of `fetch` a simulated tablet needs; the platform's own fits. */
export type PlainFetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string | null },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null; getSetCookie(): string[] };
  text(): Promise<string>;
}>;

/** HTTP for a tablet that is not a browser: keeps its own cookies. `base`: `https://host:port`. */
export function createCookieHttp(fetch: PlainFetch, base: string): Http {
  const cookies = new Map<string, string>();
  return async ({ method, path, headers, body }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: cookie ? { ...headers, cookie } : { ...headers },
      body,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (at > 0) cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: answer.status, header: (name) => answer.headers.get(name), text: await answer.text() };
  };
}
