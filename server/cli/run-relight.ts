import { backupVerb } from './backup-verb.ts';
import { crewAddVerb } from './crew-add-verb.ts';
import { enrolCodeVerb } from './enrol-code-verb.ts';
import { importVerb } from './import-verb.ts';
import { logVerb } from './log-verb.ts';
import { reportVerb } from './report-verb.ts';
import { createTerminal, type World } from './terminal.ts';
import { tlsVerb } from './tls-verb.ts';
import { unitAddVerb } from './unit-add-verb.ts';
import { userAddVerb } from './user-add-verb.ts';
import { wrong, type Complaint, type ExitCode, type Verb } from './verb.ts';
import { verifyVerb } from './verify-verb.ts';

const VERBS: readonly Verb[] = [
  importVerb,
  reportVerb,
  logVerb,
  unitAddVerb,
  crewAddVerb,
  userAddVerb,
  enrolCodeVerb,
  tlsVerb,
  backupVerb,
  verifyVerb,
];

/** Runs one command of the command line; gives the process's exit code. */
export async function runRelight(args: readonly string[], world: World): Promise<ExitCode> {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const terminal = createTerminal(world, options.includes('--json'));
  const wantsHelp = options.includes('--help') || options.includes('-h');
  const verb = VERBS.find(({ name }) => name.split(' ').every((word, at) => args[at] === word));
  if (!verb) {
    if (wantsHelp || args.length === 0) {
      await world.stdout(overview());
      return args.length === 0 ? 2 : 0;
    }
    return complain(
      wrong(null, `there is no command “${args.slice(0, 2).join(' ')}”; relight --help lists them`),
      terminal,
    );
  }
  if (wantsHelp) {
    await world.stdout(helpOf(verb));
    return 0;
  }
  const done = await verb.run(args.slice(verb.name.split(' ').length), terminal);
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
    ...VERBS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`),
    '',
    'relight VERB --help says more. --json answers for programs. DATA_DIR (./data) is the data directory.',
    'It may run beside a live server. Exit code: 0 done, 1 not done or something refused, 2 asked wrongly.',
    '',
  ].join('\n');

const helpOf = ({ name, usage, summary, help }: Verb): string =>
  [`relight ${name} ${usage} [--json]`, '', summary, '', ...help.map((line) => `  ${line}`), ''].join('\n');
