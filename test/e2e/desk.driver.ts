import { moveClock, openTablet, type Page, type Tablet } from './browser.ts';
import { keepPicture, seen } from './seen.ts';

/** The desk as a dispatcher uses it. */
export type DeskDriver = {
  readonly browser: Tablet;
  readonly page: Page;
  signIn(name: string, password: string): Promise<void>;
  /** The row of the order at this address. */
  row(address: string): ReturnType<Page['locator']>;
  openOrder(address: string): Promise<void>;
  dispatch(crew: string): Promise<void>;
  reassign(crew: string, reason: string): Promise<void>;
  /** What a crew says over the radio, at a time such as 14:21. */
  reportByRadio(what: string, clock: string): Promise<void>;
  /** The first time that waits for a person, accepted with a reason. */
  acceptTime(reason: string): Promise<void>;
  /** The wall clock of this desk at an instant. */
  clockAt(at: number): string;
  shows(text: string | RegExp): Promise<void>;
  /** An alert card that says this stands in the panel. */
  alert(text: string): Promise<void>;
  picture(name: string): Promise<void>;
  /** Moves this browser's clocks, ms past the machine's. */
  move(shiftMs: number): Promise<void>;
};

type Options = { readonly url: string; readonly profile: string; readonly pictures: string };

export async function openDesk({ url, profile, pictures }: Options): Promise<DeskDriver> {
  const browser = await openTablet({ profile, width: 1440, height: 900 });
  const { page } = browser;
  await page.goto(`${url}/desk`);
  const commands = page.getByRole('group', { name: '对这张单' });
  const row = (address: string) => page.getByRole('option').filter({ hasText: address });
  return {
    browser,
    page,
    row,
    async signIn(name, password) {
      await page.getByLabel('姓名').fill(name);
      await page.getByLabel('密码').fill(password);
      await page.getByLabel('密码').press('Enter');
    },
    async openOrder(address) {
      // The drawer lies over the list.
      const close = page.getByRole('button', { name: /^关闭/ });
      if (await close.isVisible()) await close.click();
      await row(address).click();
      await commands.waitFor();
    },
    async dispatch(crew) {
      await commands.getByRole('button', { name: '派单' }).click();
      await page.locator('.crew-picker').getByRole('button').filter({ hasText: crew }).click();
    },
    async reassign(crew, reason) {
      await commands.getByRole('button', { name: '改派' }).click();
      await page.getByLabel('原因').fill(reason);
      await page.locator('.crew-picker').getByRole('button').filter({ hasText: crew }).click();
    },
    async reportByRadio(what, clock) {
      await commands.getByRole('button', { name: '代报' }).click();
      await page.getByRole('radio', { name: what, exact: true }).check();
      await page.getByLabel('几点').fill(clock);
      await page.keyboard.press('Control+Enter');
    },
    async acceptTime(reason) {
      await page.getByRole('button', { name: '认定这个时间' }).first().click();
      await page.getByLabel('凭什么认定').fill(reason);
      await page.keyboard.press('Control+Enter');
    },
    clockAt: (at) => new Date(at).toTimeString().slice(0, 5),
    async shows(text) {
      await seen(page, pictures, page.getByText(text).first());
    },
    async alert(text) {
      await seen(page, pictures, page.getByRole('article').filter({ hasText: text }).first());
    },
    move: (shiftMs) => moveClock(page, shiftMs),
    async picture(name) {
      await keepPicture(page, pictures, name);
    },
  };
}
