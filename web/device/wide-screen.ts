/** Room for a list, a page and a rail side by side: a tablet held across. */
const WIDE = '(min-width: 960px) and (orientation: landscape)';

/** Tells now and on every turn of the device whether the screen is wide. */
export function watchWideScreen(changed: (wide: boolean) => void): void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', () => changed(query.matches));
  changed(query.matches);
}
