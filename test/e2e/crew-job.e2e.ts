import { afterAll, beforeAll, expect, test } from 'vitest';

import { crewHouse, type CrewHouse } from './crew-house.ts';

/** One job from acceptance to submission on a phone, in English, at night, with the server gone all the time. */
let house: CrewHouse;

beforeAll(async () => {
  house = await crewHouse('crew-job', { width: 390, height: 844 });
  await house.give('幸福路18号', { customer: { phone: '13805912201' }, hazards: ['lineDown'] });
  await house.tablet().shows('幸福路18号');
  await house.kept();
  await house.cut();
});
afterAll(() => house.end());

test('a whole job is done without signal; what was chosen for the tablet outlives a restart', async () => {
  let crew = house.tablet();
  await crew.press('待发');
  await crew.page.getByText('English').click();
  await crew.page.getByText('Night').click();
  await crew.page.getByText('One hand').click();
  await crew.press('Orders');
  // A look is no record: it is on disk once the browser ends in order.
  crew = await house.reopen(0, 'close');
  await crew.page.locator('html[data-theme=night]').waitFor();
  await crew.page.locator('.is-one-handed').waitFor();

  await crew.press('Accept');
  await crew.press('Depart');
  await crew.press('Arrive');
  await crew.press('Confirm arrival');
  await crew.press('Found cause');
  await crew.press('Fuse blown');
  await crew.page.getByText(/^30 min/).click();
  await crew.press('Keep');
  await crew.press('More');
  await crew.press('Materials');
  await crew.press('One Fuse more');
  await crew.press('Keep');
  await crew.press('More');
  await crew.press('Call customer');
  await crew.page.getByText('Reached', { exact: true }).click();
  await crew.press('Keep');
  await crew.press('Restored');
  await crew.page.getByText('Customer told').click();
  await crew.press('Confirm restored');
  await crew.press('Sign');
  await crew.draw();
  await crew.press('Signed');
  await crew.press('Submit');
  await crew.press('Confirm submit');
  await crew.page.getByText('Submitted').first().waitFor();
  await crew.picture('done');

  await house.restore();
  await crew.press(/^Waiting/);
  await crew.press('Try now');
  await crew.shows('All received');
  const kinds = house.log().map(({ kind }) => kind);
  const work = [
    'accepted',
    'departed',
    'arrived',
    'diagnosed',
    'materialsUsed',
    'contacted',
    'restored',
    'signed',
    'submitted',
  ];
  expect(kinds.filter((kind) => work.includes(kind))).toEqual(work);
  const diagnosed = house.log().find(({ kind }) => kind === 'diagnosed');
  expect(diagnosed?.data).toMatchObject({ cause: 'Fuse blown', etr: expect.any(Number) as number });
});
