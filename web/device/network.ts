/** Calls when the network is back or the page is shown again; gives back how to end it. */
export function onWake(run: () => void): () => void {
  const shown = (): void => {
    if (document.visibilityState === 'visible') run();
  };
  window.addEventListener('online', run);
  window.addEventListener('pageshow', run);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', run);
    window.removeEventListener('pageshow', run);
    document.removeEventListener('visibilitychange', shown);
  };
}
