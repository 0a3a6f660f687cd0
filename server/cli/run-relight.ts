import { createTerminal, type World } from './terminal.ts';
import { wrong, type Complaint, type ExitCode, type Verb } from './verb.ts';

/** Each is loaded when it is called: certificates and the store are half a second that `--help` need not wait for. */
const VERBS: readonly { readonly name: string; readonly summary: string; readonly load: () => Promise<Verb> }[] = [
  {
    name: 'import',
    summary: 'Brings orders in from a CSV file in UTF-8, by a saved mapping of its columns.',
    load: async () => (await import('./import-verb.ts')).importVerb,
  },
  {
    name: 'report',
    summary: 'Arrivals against their limits, over all orders with the archive.',
    load: async () => (await import('./report-verb.ts')).reportVerb,
  },
  {
    name: 'log',
    summary: 'The log, event by event, in commit order.',
    load: async () => (await import('./log-verb.ts')).logVerb,
  },
  {
    name: 'move',
    summary: 'Copies everything from DATA_DIR into an empty PostgreSQL database.',
    load: async () => (await import('./move-verb.ts')).moveVerb,
  },
  {
    name: 'unit add',
    summary: 'Makes a unit: a centre, a district or a station.',
    load: async () => (await import('./unit-add-verb.ts')).unitAddVerb,
  },
  {
    name: 'crew add',
    summary: 'Makes a crew of a unit.',
    load: async () => (await import('./crew-add-verb.ts')).crewAddVerb,
  },
  {
    name: 'user add',
    summary: 'Makes a person, with a login if a password is given.',
    load: async () => (await import('./user-add-verb.ts')).userAddVerb,
  },
  {
    name: 'enrol-code',
    summary: 'Makes a one-time code that enrols a tablet for a crew.',
    load: async () => (await import('./enrol-code-verb.ts')).enrolCodeVerb,
  },
  {
    name: 'clock',
    summary: 'Server time; whether the clock of this machine jumped, and that it is right.',
    load: async () => (await import('./clock-verb.ts')).clockVerb,
  },
  {
    name: 'reference import',
    summary: 'Brings in where equipment of the grid stands, from CSV or GeoJSON.',
    load: async () => (await import('./reference-import-verb.ts')).referenceImportVerb,
  },
  {
    name: 'customers import',
    summary: "Brings in a unit's customers from CSV, for whoever takes reports.",
    load: async () => (await import('./customers-import-verb.ts')).customersImportVerb,
  },
  {
    name: 'tracker add',
    summary: "Puts a tracker into a crew's van and makes the key it shows.",
    load: async () => (await import('./tracker-add-verb.ts')).trackerAddVerb,
  },
  {
    name: 'map add',
    summary: 'Checks an archive of street tiles and puts it beside the maps that the server offers.',
    load: async () => (await import('./map-add-verb.ts')).mapAddVerb,
  },
  {
    name: 'rules',
    summary: 'Checks a rule pack, puts it into force, shows which ones hold.',
    load: async () => (await import('./rules-verb.ts')).rulesVerb,
  },
  {
    name: 'tls',
    summary: 'Makes certificates for HTTPS in a local network; tablets need a secure origin.',
    load: async () => (await import('./tls-verb.ts')).tlsVerb,
  },
  {
    name: 'worker',
    summary: 'Whether tablets keep the crew app; takes a build that went wrong off all of them.',
    load: async () => (await import('./worker-verb.ts')).workerVerb,
  },
  {
    name: 'backup',
    summary: 'Copies the database while it is in use, reads the copy back, and publishes how far it is safe.',
    load: async () => (await import('./backup-verb.ts')).backupVerb,
  },
  {
    name: 'restore',
    summary: 'Puts a verified backup in the place of the database; tablets bring back what they still hold.',
    load: async () => (await import('./restore-verb.ts')).restoreVerb,
  },
  {
    name: 'quarantine',
    summary: 'What could not enter the log: lists it, shows it, and judges it again.',
    load: async () => (await import('./quarantine-verb.ts')).quarantineVerb,
  },
  {
    name: 'redact',
    summary: 'Erases what people typed or signed about an order, wherever it lies.',
    load: async () => (await import('./redact-verb.ts')).redactVerb,
  },
  {
    name: 'verify',
    summary: 'Reads the whole database: positions, hashes, chain, and everything shown against a fresh fold.',
    load: async () => (await import('./verify-verb.ts')).verifyVerb,
  },
];

/** Runs one command of the command line; gives the process's exit code. */
export async function runRelight(args: readonly string[], world: World): Promise<ExitCode> {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const terminal = createTerminal(world, options.includes('--json'));
  const wantsHelp = options.includes('--help') || options.includes('-h');
  const found = VERBS.find(({ name }) => name.split(' ').every((word, at) => args[at] === word));
  if (!found) {
    if (wantsHelp || args.length === 0) {
      await world.stdout(overview());
      return args.length === 0 ? 2 : 0;
    }
    return complain(
      wrong(null, `there is no command “${args.slice(0, 2).join(' ')}”; relight --help lists them`),
      terminal,
    );
  }
  const verb = await found.load();
  if (wantsHelp) {
    await world.stdout(helpOf(found, verb));
    return 0;
  }
  const done = await verb.run(args.slice(found.name.split(' ').length), terminal);
  return done.ok ? done.value : complain(done.error, terminal);
}

/** With `--json` also a failure is an answer that a program can read. */
async function complain({ code, field, reason }: Complaint, { json, stdout, stderr }: World & { json: boolean }) {
  if (json) await stdout(`${JSON.stringify({ error: { field, reason } })}\n`);
  stderr(`relight: ${field === null ? '' : `${field}: `}${reason}\n`);
  return code;
}

const overview = (): string =>
  [
    'relight: the command line of Relight 复电',
    '',
    ...VERBS.map(({ name, summary }) => `  ${name.padEnd(18)}${summary}`),
    '',
    'relight VERB --help says more. --json answers for programs. DATA_DIR (./data) is the data directory.',
    'It may run beside a live server. Exit code: 0 done, 1 not done or something refused, 2 asked wrongly.',
    '',
  ].join('\n');

const helpOf = ({ name, summary }: { name: string; summary: string }, { usage, help }: Verb): string =>
  [`relight ${name} ${usage} [--json]`, '', summary, '', ...help.map((line) => `  ${line}`), ''].join('\n');
