import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DemoAccounts } from '#shared/api/session.ts';
import type { Organisation } from '#shared/engine/views.ts';
import type { CrewId } from '#shared/ids.ts';

import type { Company, Hands, MadeCrew } from './populate.ts';
import type { World } from './world.ts';

type Codes = Map<CrewId, { readonly code: string; readonly crew: string; readonly devices: number }>;

export type SignInPage = {
  readonly world: World;
  readonly hands: Pick<Hands, 'makeCode'>;
  readonly company: Company;
  readonly dataDir: string;
  readonly organisation: () => Organisation;
};

const LOOK_MS = 3_000;
const CODE_MS = 7 * 24 * 3_600_000;

/** Keeps accounts and unused enrolment codes on the sign-in page; a code that was used gets a successor. For ever. */
export async function keepSignInPage(page: SignInPage): Promise<void> {
  const codes: Codes = new Map();
  for (;;) {
    const before = [...codes.values()];
    for (const crew of page.company.crews) if (crew.forVisitor) await renew(page, codes, crew);
    if ([...codes.values()].some((one, index) => one !== before[index])) await show(page, codes);
    await page.world.sleep(LOOK_MS);
  }
}

/** The accounts and codes as they are before anybody has used one. */
export const firstPage = ({ accounts, crews }: Company): DemoAccounts => ({
  accounts: [...accounts],
  codes: crews.filter(({ forVisitor }) => forVisitor).map(({ code, name }) => ({ code, crew: name })),
});

export const writePage = (dataDir: string, page: DemoAccounts): Promise<void> =>
  writeFile(join(dataDir, 'demo.json'), JSON.stringify(page, null, 2));

/** A tablet more in the crew than when the code was made: it was used. */
async function renew({ hands, organisation }: SignInPage, codes: Codes, crew: MadeCrew): Promise<void> {
  const devices = [...organisation().devices.values()].filter((device) => device.crew === crew.id).length;
  const known = codes.get(crew.id);
  if (known && known.devices >= devices) return;
  const unused = !known && devices === 0;
  const code = unused ? crew.code : await hands.makeCode({ crew: crew.id, person: crew.person, forMs: CODE_MS });
  codes.set(crew.id, { code, crew: crew.name, devices });
}

const show = ({ company, dataDir }: SignInPage, codes: Codes): Promise<void> =>
  writePage(dataDir, {
    accounts: [...company.accounts],
    codes: [...codes.values()].map(({ code, crew }) => ({ code, crew })),
  });
