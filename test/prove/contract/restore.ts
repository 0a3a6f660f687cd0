import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createChance } from '../../../server/demo/chance.ts';
import { pause, relight } from '../../e2e/server-process.ts';
import type { Prove, ProofOptions, Proven } from '../proof.ts';
import { checkCustody, type CustodyFindings, type CustodyHistory, type Logged } from './custody-of-log.ts';
import type { FieldDevice } from './field-device.ts';
import { doSomething, foundUtility, untilDelivered, WRONGLY_BUILT, type Utility } from './utility.ts';

/** One device in five is a desk, one in five has no signal when the server is back, and one is built wrongly. */
const DESKS = 5;
const AWAY = 5;
const GATHER_S = { quick: 10, long: 60 };

/** Goes back to an old backup; every device brings by itself what it still holds, and the log has it once. */
export const restore: Prove = async (options) => {
  const { dir, log, n } = options;
  const { history, deaf, figures } = await drill(options);
  for (const [name, one] of Object.entries({ history, deaf }))
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(one));
  const findings = checkCustody(history);
  log(summary(findings));
  const failures = Object.values(findings).flat();
  const control = checkCustody(deaf).lost.length;
  if (control === 0) failures.push('the control, a client that does not see that the history is another, lost nothing');
  const acked = history.saved.length;
  return {
    runs: n,
    faults: 1,
    acked,
    failures,
    figures: { ...figures, ...counted(findings), 'control lost': control },
  };
};

async function drill({ n, seed, dir, log, quick }: ProofOptions) {
  const random = createChance(String(seed)).unit;
  const utility = await foundUtility(dir, random);
  await utility.start();
  const devices: FieldDevice[] = [];
  for (let index = 0; index < n; index += 1)
    devices.push(await (index % DESKS === 0 ? utility.desk : utility.tablet)(`机${index}`));
  // It keeps believing in the history it began with, and answers no question for numbers.
  let first: string | null = null;
  const deafDevice = await utility.desk(WRONGLY_BUILT, {
    misread: (answer) => ({ ...answer, need: [], epoch: (first ??= answer.epoch) }),
  });
  const all = [...devices, deafDevice];
  log(`${all.length} devices enrolled`);

  const work = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1)
      for (const device of all) {
        if (random() < 0.5 || device === deafDevice) await doSomething(device, utility, random);
        if (random() < 0.1) device.signal(!device.up);
        await pause(random() * 10);
      }
  };
  await work(4);
  await untilDelivered(all, 60_000);
  const backups = join(dir, 'backups');
  relight(utility.dataDir, ['backup', backups]);
  const [backup] = readdirSync(backups);
  const backupQ = Number(/-q(\d+)/.exec(backup ?? '')?.[1]);
  await work(8);
  await untilDelivered(all, 60_000);
  await work(1);
  await utility.server().kill();
  const before = logOf(utility);
  log(`the log was at ${before.length}, the backup at ${backupQ}`);

  const restoredAt = performance.now();
  relight(utility.dataDir, [
    'restore',
    join(backups, backup ?? ''),
    '--gather',
    String(GATHER_S[quick ? 'quick' : 'long']),
  ]);
  const away = all.filter((_, index) => index % AWAY === 3);
  for (const device of all) device.signal(!away.includes(device));
  await utility.start();
  const present = all.filter((device) => device.up);
  const prompt = await untilDelivered(present, 120_000);
  const seconds = Math.round((performance.now() - restoredAt) / 100) / 10;
  log(`those who were there have brought everything after ${seconds} s`);
  await work(2);
  const delivered = await untilDelivered(all, 180_000);
  const held = JSON.parse(relight(utility.dataDir, ['quarantine', 'list', '--json'])) as {
    held: { ref: string; code: string; device: string }[];
  };
  const verified = JSON.parse(relight(utility.dataDir, ['verify', '--json'])) as { ok: boolean };
  const stuck = all.filter(({ engine }) => (engine?.status().waiting ?? 0) > 0).map(({ name }) => name);
  const wronglyBuilt = deafDevice.engine?.meta().session?.device;
  for (const device of all) await device.close();
  await utility.server().stop();

  const after = logOf(utility);
  const ids = new Set(after.map(({ writer, n: number }) => `${writer}-${number}`));
  const only = before.filter((line) => !ids.has(`${line.writer}-${line.n}`));
  const faults = [
    ...(verified.ok ? [] : ['relight verify finds damage']),
    ...(prompt && delivered ? [] : [`still to send after all is well: ${stuck.join(', ')}`]),
  ];
  const gathered = devices.flatMap(({ offered }) => [...offered]);
  const shared = { log: after, before: { log: before, backupQ }, gathered };
  const history: CustodyHistory = {
    ...shared,
    saved: devices.flatMap(({ saved }) => saved),
    held: [
      ...held.held.filter(({ device }) => device !== wronglyBuilt).map(({ ref, code }) => `${ref} ${code}`),
      ...faults,
    ],
  };
  const deaf: CustodyHistory = { ...shared, saved: deafDevice.saved, held: [] };
  const figures = {
    'log before': before.length,
    'in the backup': backupQ,
    'brought back': before.length - backupQ - only.length,
    'away when it was back': away.length,
    'handed over in time': gathered.length,
    'only the server had': only.length,
    'of these its own': only.filter((line) => line.writer === before[0]?.writer).length,
    's to have all that was there': seconds,
  };
  return { history, deaf, figures };
}

export const logOf = ({ dataDir }: Pick<Utility, 'dataDir'>): Logged[] =>
  relight(dataDir, ['log', '--ndjson', '--data'])
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Logged);

export const counted = (findings: CustodyFindings): Proven['figures'] =>
  Object.fromEntries(Object.entries(findings).map(([what, found]) => [what, found.length]));

export const summary = (findings: CustodyFindings): string =>
  Object.entries(counted(findings))
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
