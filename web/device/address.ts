/** The fragment of the page's address ("#/order/A7K-2"), told again whenever it changes. */
export function watchAddress(changed: (fragment: string) => void): void {
  const tell = (): void => changed(location.hash);
  addEventListener('hashchange', tell);
  tell();
}

/** Goes to a fragment; the back key returns from it. */
export function goTo(fragment: string): void {
  if (location.hash !== fragment) location.hash = fragment;
}

export const goBack = (): void => history.back();

/** The path of the page's address, now and whenever the back key changes it. */
export function followPath(changed: (path: string) => void): void {
  const tell = (): void => changed(location.pathname);
  addEventListener('popstate', tell);
  tell();
}

/** Writes a path into the address without loading anything; the back key returns from it. */
export function showPath(path: string): void {
  if (location.pathname !== path) history.pushState(null, '', path);
}
