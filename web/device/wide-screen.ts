/** Room for a list, a page and a rail side by side: a tablet held across. */
const WIDE = '(min-width: 960px) and (orientation: landscape)';

/** Tells now and on every turn of the device whether the screen is wide. */
export function watchWideScreen(changed: (wide: boolean) => void): void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', () => changed(query.matches));
  changed(query.matches);
}

/** Room for a second column of alerts beside list, drawer and map: a big screen at a desk. */
const WALL = '(min-width: 2240px)';

/** The same for the screen of a desk. */
export function watchWallScreen(changed: (wall: boolean) => void): void {
  const query = matchMedia(WALL);
  query.addEventListener('change', () => changed(query.matches));
  changed(query.matches);
}
