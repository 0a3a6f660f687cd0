import { type Clocks, moveClock, moveClocks, openTablet, type Page, type Tablet } from './browser.ts';
import { keepPicture, seen } from './seen.ts';

/** The crew app as a crew uses it: by the words on its buttons. */
export type CrewDriver = {
  readonly tablet: Tablet;
  readonly page: Page;
  enrol(code: string): Promise<void>;
  /** One tap: accept, depart. */
  tap(word: string): Promise<void>;
  /** Two taps in two places: arrive, restore, submit. */
  tapTwice(first: string, second: string): Promise<void>;
  /** Draws a signature and keeps it. */
  sign(name: string): Promise<void>;
  /** Taps a button as soon as it is there; nothing is waited for after it. */
  press(name: string | RegExp): Promise<void>;
  /** Opens a page of the order that is shown, fills it, and keeps it; `leave`: goes back without keeping. */
  act(word: string, fill: () => Promise<unknown>, how?: 'keep' | 'leave'): Promise<void>;
  /** Some strokes in the field for signing. */
  draw(): Promise<void>;
  openOrder(id: string): Promise<void>;
  shows(text: string | RegExp): Promise<void>;
  picture(name: string): Promise<void>;
  /** The same upright (800×1280) and wide (1024×768). */
  pictures(name: string): Promise<void>;
  /** Time passes for this browser: its clocks show so many ms more than the machine's. */
  move(shiftMs: number): Promise<void>;
  /** Each clock by itself: somebody sets the one, the other stands still in a sleep. */
  set(clocks: Clocks): Promise<void>;
};

type Options = {
  readonly url: string;
  readonly profile: string;
  readonly clocks?: Clocks;
  readonly pictures: string;
  readonly size?: { readonly width: number; readonly height: number };
};

export async function openCrew({ url, profile, clocks, pictures, size }: Options): Promise<CrewDriver> {
  const tablet = await openTablet({ profile, width: 800, height: 1280, ...size, ...(clocks ? { clocks } : {}) });
  const { page } = tablet;
  // With neither a server nor a worker the browser shows its own page: what is waited for next is not there.
  await page.goto(`${url}/crew`).catch((error: Error) => {
    if (!error.message.includes('ERR_CONNECTION_REFUSED')) throw error;
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const shows = async (text: string | RegExp): Promise<void> => {
    await seen(page, pictures, page.getByText(text).first());
  };
  const kept = () => seen(page, pictures, page.getByRole('status').filter({ hasText: '本机已存' }));
  const draw = async (): Promise<void> => {
    const field = page.locator('canvas');
    await field.scrollIntoViewIfNeeded();
    const box = await field.boundingBox();
    if (!box) throw new Error('no field to sign in');
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    for (const [dx, dy] of [
      [120, 30],
      [160, 110],
      [240, 60],
      [330, 120],
    ] as const)
      await page.mouse.move(box.x + dx, box.y + dy, { steps: 8 });
    await page.mouse.up();
  };
  const press = async (name: string | RegExp): Promise<void> => {
    // The bar stands last: of two ways back it is the one that is always there.
    await seen(page, pictures, button(name).last());
    await button(name).last().click();
  };
  return {
    draw,
    press,
    async act(word, fill, how = 'keep') {
      if (!(await button(word).isVisible())) await press('更多');
      await press(word);
      await fill();
      await press(how === 'keep' ? '记下' : '返回');
      await page.getByRole('heading', { name: /^工单/ }).waitFor();
    },
    tablet,
    page,
    shows,
    async enrol(code) {
      await page.getByLabel('输 8 位登记码').fill(code);
      await button('登记').click();
    },
    async tap(word) {
      await button(word).click();
      await kept();
    },
    async tapTwice(first, second) {
      await button(first).click();
      await button(second).click();
      await kept();
    },
    async sign(name) {
      await button('签字').click();
      await page.getByLabel('签字人姓名').fill(name);
      await draw();
      await button('签好了').click();
      await page.locator('canvas').waitFor({ state: 'detached' });
    },
    async openOrder(id) {
      await page.getByRole('button').filter({ hasText: id }).first().click();
    },
    move: (shiftMs) => moveClock(page, shiftMs),
    set: (clocks) => moveClocks(page, clocks),
    async pictures(name) {
      await keepPicture(page, pictures, name);
      await page.setViewportSize({ width: 1024, height: 768 });
      await keepPicture(page, pictures, `${name}-wide`);
      await page.setViewportSize({ width: 800, height: 1280 });
    },
    async picture(name) {
      await keepPicture(page, pictures, name);
    },
  };
}
