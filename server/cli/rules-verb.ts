import type { RulePack } from '#shared/event/rule-pack.ts';
import type { UnitId } from '#shared/ids.ts';
import { activationRefusal } from '#shared/order/decide.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { SOUTHERN_GRID } from '#shared/sla/packs/southern-grid.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { reasonText } from '../import/refusal-text.ts';
import { statedTime } from '../import/stated-time.ts';
import { createZone, isZone } from '../import/zone.ts';
import type { Store } from '../store/store.ts';
import { findNamed } from './find-named.ts';
import { faultText, readRules } from './rules-file.ts';
import type { Terminal } from './terminal.ts';
import { failed, readOptions, wrong, type Complaint, type ExitCode, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

/** What is shipped, by the name it is asked for. */
const SHIPPED: readonly (readonly [name: string, pack: RulePack])[] = [
  ['state-grid', STATE_GRID],
  ['southern-grid', SOUTHERN_GRID],
];
const SHIPPED_NAMES = SHIPPED.map(([name]) => name).join('|');

type Asked = {
  readonly file: string | undefined;
  readonly from: string | undefined;
  readonly zone: string | undefined;
  readonly unit: string | undefined;
  readonly pack: string | undefined;
};

export const rulesVerb: Verb = {
  usage: `check FILE | activate FILE --from TIME|now [--zone ZONE] [--unit NAME] | show [--pack ${SHIPPED_NAMES}]`,
  help: [
    'check     reads a rule pack and says everything that is wrong with it',
    'activate  puts it into force: orders reported from then on are judged by it, those before as they were',
    'show      the packs that were activated, or a shipped one as JSON, to be edited',
    '',
    '--from    now, a day, or a time such as 2026-12-01T00:00+08:00; never one that has passed',
    '--zone    for a time without an offset: Asia/Shanghai, +08:00',
    '--unit    the centre it holds for, by name or id; needed where there are several',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {
      from: { type: 'string' },
      zone: { type: 'string' },
      unit: { type: 'string' },
      pack: { type: 'string' },
    });
    if (!options.ok) return Promise.resolve(options);
    const { from, zone, unit, pack } = options.value.values;
    const [what, file, extra] = options.value.positionals;
    const asked: Asked = { file, from, zone, unit, pack };
    if (extra !== undefined) return Promise.resolve(err(wrong(extra, 'one file at a time')));
    if (what === 'check') return check(asked, terminal);
    if (what === 'activate') return activate(asked, terminal);
    if (what === 'show') return show(asked, terminal);
    return Promise.resolve(err(wrong(what ?? null, 'say check, activate or show')));
  },
};

async function check({ file }: Asked, terminal: Terminal): Promise<Result<ExitCode, Complaint>> {
  if (file === undefined) return err(wrong('FILE', 'say which file'));
  const pack = await readRules(file);
  if (!pack.ok) {
    await terminal.result({ ok: false, faults: pack.error }, pack.error.map(faultText));
    return ok(1);
  }
  const { id, rules } = pack.value;
  await terminal.result({ ok: true, id, rules: rules.map((rule) => rule.id) }, [
    `“${id}” is in order: ${rules.length} rules, ${rules.map((rule) => rule.id).join(', ')}.`,
  ]);
  return ok(0);
}

async function activate(asked: Asked, terminal: Terminal): Promise<Result<ExitCode, Complaint>> {
  const { file } = asked;
  if (file === undefined) return err(wrong('FILE', 'say which file'));
  const read = await readRules(file);
  if (!read.ok) return err(failed(file, read.error.map(faultText).join('; ')));
  const from = fromTime(asked);
  if (!from.ok) return from;
  const pack = read.value;
  return withStore(terminal, async (store) => {
    const unit = await centre(store, asked.unit);
    if (!unit.ok) return unit;
    // The clock is read inside the transaction: whatever was reported before has been written before.
    let refused = false;
    let since = 0;
    const made = await store.log.record(() => {
      const now = terminal.clock();
      since = from.value ?? now;
      refused = activationRefusal({ from: since }, now) !== null;
      const data = { unit: unit.value, from: since, pack };
      return refused ? [] : [{ subject: null, draft: { kind: 'rulePackActivated', data }, by: null }];
    });
    if (refused) return err(failed('--from', 'that time has passed; what ran until now is not judged anew'));
    const when = new Date(since).toISOString();
    await terminal.result({ activated: made[0], id: pack.id, from: since }, [
      `“${pack.id}” holds for orders reported from ${when} on.`,
    ]);
    return ok(0);
  });
}

async function show({ pack: name }: Asked, terminal: Terminal): Promise<Result<ExitCode, Complaint>> {
  if (name !== undefined) {
    const pack = SHIPPED.find(([one]) => one === name)?.[1];
    if (!pack) return err(wrong('--pack', `“${name}” is none of ${SHIPPED_NAMES}`));
    await terminal.stdout(`${JSON.stringify(pack, null, 2)}\n`);
    return ok(0);
  }
  return withStore(terminal, async ({ roster }) => {
    const activated = await roster.activations();
    const now = terminal.clock();
    const current = activated.findLast(({ from }) => from <= now)?.pack ?? STATE_GRID;
    await terminal.result({ current, activated }, [
      `Now in force: “${current.id}” ${current.name.en}, ${current.rules.length} rules.`,
      ...activated.map(({ id, from, pack }) => `${new Date(from).toISOString()}  “${pack.id}”  activated by ${id}`),
      ...(activated.length === 0 ? ['Nothing was activated; this is what is shipped.'] : []),
    ]);
    return ok(0);
  });
}

/** Null: now. */
function fromTime({ from, zone }: Asked): Result<number | null, Complaint> {
  if (from === undefined) return err(wrong('--from', 'say from when: now, or a time'));
  if (from === 'now') return ok(null);
  if (zone !== undefined && !isZone(zone)) return err(wrong('--zone', `“${zone}” is not a time zone`));
  const time = /^\d{4}-\d{1,2}-\d{1,2}$/.test(from) ? `${from} 00:00` : from;
  if (zone === undefined && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(time.slice(10)))
    return err(wrong('--from', `“${from}” names no time zone: add +08:00, or say --zone Asia/Shanghai`));
  const stated = statedTime(time, zone === undefined ? null : createZone(zone));
  return stated.ok ? ok(stated.value.at) : err(wrong('--from', reasonText(stated.error)));
}

async function centre({ roster }: Store, named: string | undefined): Promise<Result<UnitId, Complaint>> {
  const centres = (await roster.units()).filter(({ parent }) => parent === null);
  if (named !== undefined) {
    const found = findNamed(centres, named, '--unit');
    return found.ok ? ok(found.value.id) : found;
  }
  const [one, other] = centres;
  if (one && !other) return ok(one.id);
  return err(one ? wrong('--unit', 'there are several centres: say which') : failed(null, 'there is no unit yet'));
}
