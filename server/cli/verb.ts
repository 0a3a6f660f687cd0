import { parseArgs, type ParseArgsConfig } from 'node:util';

import { err, ok, type Result } from '#shared/result.ts';

import type { Terminal } from './terminal.ts';

/** 0: done. 1: not done, or done with something refused. 2: asked wrongly. */
export type ExitCode = 0 | 1 | 2;

/** What was asked wrongly or cannot be done; `field` is the option, setting or column it is about. */
export type Complaint = { readonly code: Exclude<ExitCode, 0>; readonly field: string | null; readonly reason: string };

export type Verb = {
  /** The lines behind the name in `--help`. */
  readonly usage: string;
  readonly help: readonly string[];
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Result<ExitCode, Complaint>>;
};

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a verb's options strictly; the error names the one that is wrong. */
export function readOptions<const O extends Options>(args: readonly string[], options: O) {
  const config = { args: [...args], options: { ...options, ...COMMON }, allowPositionals: true, strict: true } as const;
  try {
    return ok(parseArgs(config));
  } catch (error) {
    if (!isParseError(error)) throw error;
    const field = /'(-{1,2}[\w-]+)/.exec(error.message)?.[1] ?? null;
    return err(wrong(field, error.message.split('. ', 1)[0] ?? error.message));
  }
}

/** Options that every verb has. */
const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

export const wrong = (field: string | null, reason: string): Complaint => ({ code: 2, field, reason });

export const failed = (field: string | null, reason: string): Complaint => ({ code: 1, field, reason });

/** A name as people may type it, one that the log takes. */
export function nameOf(typed: string | undefined): Result<string, Complaint> {
  const name = needed('--name', typed?.trim());
  return !name.ok || name.value.length <= 80 ? name : err(wrong('--name', 'longer than 80 characters'));
}

export const needed = (field: string, value: string | undefined): Result<string, Complaint> =>
  value === undefined || value === '' ? err(wrong(field, 'is missing')) : ok(value);

const isParseError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
