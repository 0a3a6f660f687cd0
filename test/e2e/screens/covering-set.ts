import { deskScenes } from '../../preview/desk-scenes.ts';
import { scenes } from '../../preview/scenes.ts';

export type Size = { readonly width: number; readonly height: number };

/** One picture: a screen of an app in one size, theme and language. */
export type Picture = {
  readonly app: 'crew' | 'desk';
  readonly scene: string;
  readonly size: Size;
  readonly theme: 'light' | 'night' | 'sun';
  readonly lang: 'zh' | 'en';
  readonly onehand?: true;
};

const size = (width: number, height: number): Size => ({ width, height });

const UPRIGHT = size(800, 1280);
const WIDE = size(1024, 768);
const PHONE = size(390, 844);
const DESK = size(1440, 900);
const WALL = size(2560, 1440);

/**
 * Every screen in every size by day in Chinese, on the phone in English too, since words are longest there; every
 * screen in every theme and language in its usual size; the list and an order with one hand.
 */
export function coveringSet(): readonly Picture[] {
  const crew = Object.keys(scenes).flatMap((scene): Picture[] => [
    ...looks(['light', 'night', 'sun'], (look) => ({ app: 'crew', scene, size: UPRIGHT, ...look })),
    ...[WIDE, PHONE].map((at): Picture => ({ app: 'crew', scene, size: at, theme: 'light', lang: 'zh' })),
    { app: 'crew', scene, size: PHONE, theme: 'light', lang: 'en' },
  ]);
  const oneHand = ['today', 'order', 'asking'].flatMap((scene) =>
    [UPRIGHT, WIDE].map((at): Picture => ({ app: 'crew', scene, size: at, theme: 'light', lang: 'zh', onehand: true })),
  );
  const desk = Object.keys(deskScenes).flatMap((scene): Picture[] => [
    ...looks(['light', 'night'], (look) => ({ app: 'desk', scene, size: DESK, ...look })),
    { app: 'desk', scene, size: WALL, theme: 'light', lang: 'zh' },
    { app: 'desk', scene, size: WALL, theme: 'night', lang: 'en' },
  ]);
  return [...crew, ...oneHand, ...desk];
}

/** The name of the picture's file, without its ending. */
export const nameOf = ({ app, scene, size, theme, lang, onehand }: Picture): string =>
  [app, scene, `${size.width}x${size.height}`, theme, lang, ...(onehand ? ['onehand'] : [])].join('-');

const looks = (
  themes: readonly Picture['theme'][],
  make: (look: Pick<Picture, 'theme' | 'lang'>) => Picture,
): readonly Picture[] => themes.flatMap((theme) => [make({ theme, lang: 'zh' }), make({ theme, lang: 'en' })]);
