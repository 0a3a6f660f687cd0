import { Subject } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';

import type { LogLine } from '../store/log-pages.ts';
import { readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const logVerb: Verb = {
  usage: '[--ndjson] [--from Q] [--to Q] [--subject order:A7K-2] [--data]',
  help: [
    '--ndjson   one JSON object a line: q, writer, n, subject, kind, by, hash, chain, rcv and the bounds of its time',
    '--from     first position; --to last position',
    '--subject  only the events about it',
    '--data     what was recorded, too',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {
      ndjson: { type: 'boolean' },
      from: { type: 'string' },
      to: { type: 'string' },
      subject: { type: 'string' },
      data: { type: 'boolean' },
    });
    if (!options.ok) return Promise.resolve(options);
    const {
      from = '1',
      to = String(Number.MAX_SAFE_INTEGER),
      subject,
      data = false,
      ndjson = terminal.json,
    } = options.value.values;
    const about = subject === undefined ? undefined : Subject.safeParse(subject);
    if (about && !about.success)
      return Promise.resolve(err(wrong('--subject', `“${subject}” is not a subject such as order:A7K-2`)));
    for (const [field, text] of [
      ['--from', from],
      ['--to', to],
    ] as const)
      if (!/^\d+$/.test(text)) return Promise.resolve(err(wrong(field, `“${text}” is not a position`)));

    return withStore(terminal, async ({ pages }) => {
      let after = Number(from) - 1;
      for (;;) {
        const lines = await pages.page(after, LINES_AT_ONCE, about?.data);
        const wanted = lines.filter(({ q }) => q <= Number(to));
        await terminal.stdout(wanted.map((line) => `${ndjson ? json(line, data) : plain(line, data)}\n`).join(''));
        if (wanted.length < LINES_AT_ONCE) return ok(0);
        after = wanted.at(-1)?.q ?? after;
      }
    });
  },
};

const LINES_AT_ONCE = 500;

function json({ event, hash, chain, q, rcv, time }: LogLine, withData: boolean): string {
  const { writer, n, subject, kind, v, by, data } = event;
  return JSON.stringify({
    q,
    writer,
    n,
    subject,
    kind,
    v,
    by,
    hash,
    chain,
    rcv,
    ...time,
    ...(withData ? { data } : {}),
  });
}

function plain({ event, q, time }: LogLine, withData: boolean): string {
  const at = new Date(time.est).toISOString();
  const about = time.given ?? `grade ${time.grade}`;
  const data = withData ? ` ${JSON.stringify(event.data)}` : '';
  return `${q} ${at} (${about}) ${event.writer}-${event.n} ${event.subject} ${event.kind}${data}`;
}
