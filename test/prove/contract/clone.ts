import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SyncAnswer } from '#shared/sync/protocol.ts';

import { createChance } from '../../../server/demo/chance.ts';
import { pause, relight } from '../../e2e/server-process.ts';
import type { Prove } from '../proof.ts';
import { checkCustody, type CustodyHistory } from './custody-of-log.ts';
import type { FieldDevice } from './field-device.ts';
import { counted, logOf, summary } from './restore.ts';
import { doSomething, foundUtility, untilDelivered, WRONGLY_BUILT } from './utility.ts';

/** Takes every held event for one that is in the log: what an outbox without names of its own comes to. */
const careless = (answer: SyncAnswer): SyncAnswer => ({
  ...answer,
  acks: answer.acks.map((ack) => (ack.is === 'held' ? { is: 'ok', n: ack.n, q: answer.head } : ack)),
});

/** Copies profiles and goes on with both; each stream is in the log whole, and about what it was about. */
export const clone: Prove = async ({ n, seed, dir, log }) => {
  const random = createChance(String(seed)).unit;
  const utility = await foundUtility(dir, random);
  await utility.start();
  const pairs: (readonly [FieldDevice, FieldDevice])[] = [];
  const work = async (devices: readonly FieldDevice[], rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1)
      for (const device of devices) {
        if (random() < 0.6) await doSomething(device, utility, random);
        if (random() < 0.3) device.signal(!device.up);
        await pause(random() * 15);
      }
  };
  const copied = async (name: string, original: FieldDevice): Promise<void> => {
    await work([original], 4);
    await original.close();
    const copy = await original.copied(`${name}副`);
    await original.open();
    await copy.open();
    pairs.push([original, copy]);
  };
  for (let index = 0; index < n; index += 1)
    await copied(`机${index}`, await (index % 2 === 0 ? utility.desk : utility.tablet)(`机${index}`));
  await copied(WRONGLY_BUILT, await utility.desk(WRONGLY_BUILT, { misread: careless }));
  log(`${pairs.length} profiles copied`);

  const all = pairs.flat();
  await work(all, 6);
  const delivered = await untilDelivered(all, 120_000);
  // Whoever had the name first learns of it with his next event.
  await work(all, 3);
  const rest = await untilDelivered(all, 120_000);
  const stuck = all.filter(({ engine }) => (engine?.status().waiting ?? 0) > 0).map(({ name }) => name);
  const held = JSON.parse(relight(utility.dataDir, ['quarantine', 'list', '--json'])) as {
    held: { ref: string; device: string; code: string }[];
  };
  const carelessDevice = pairs.at(-1)?.[0].engine?.meta().session?.device;
  for (const device of all) await device.close();
  await utility.server().stop();

  const entries = logOf(utility);
  const names = new Set([WRONGLY_BUILT, `${WRONGLY_BUILT}副`]);
  const saved = all.flatMap((device) => device.saved);
  const history: CustodyHistory = {
    log: entries,
    saved: saved.filter(({ device }) => !names.has(device)),
    held: [
      ...held.held.filter(({ device }) => device !== carelessDevice).map(({ ref, code }) => `${ref} ${code}`),
      ...(delivered && rest ? [] : [`still to send after all is well: ${stuck.join(', ')}`]),
    ],
  };
  const control: CustodyHistory = { log: entries, saved: saved.filter(({ device }) => names.has(device)), held: [] };
  for (const [name, one] of Object.entries({ history, control }))
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(one));
  const findings = checkCustody(history);
  log(summary(findings));
  const failures = Object.values(findings).flat();
  const caught = checkCustody(control).lost.length;
  if (caught === 0) failures.push('the control, a client that takes what is held for received, lost nothing');
  const writers = new Set(entries.filter(({ kind }) => kind === 'writerRegistered').map(({ data }) => data['writer']));
  return {
    runs: n,
    faults: pairs.length,
    acked: history.saved.length,
    failures,
    figures: { ...counted(findings), 'names given to copies': writers.size, 'control lost': caught },
  };
};
