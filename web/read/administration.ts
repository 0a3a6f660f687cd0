import {
  ActivatedRules,
  type ActivateRules,
  type GivePassword,
  MadeCode,
  Made,
  type MakeCode,
  type MakeCrew,
  type MakePerson,
  type MakeUnit,
} from '#shared/api/administration.ts';
import { DoneRedacting, type Redact } from '#shared/api/redaction.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Result } from '#shared/result.ts';

import type { Client, Unanswered } from './client-context.ts';

export type Administration = {
  readonly makeUnit: (what: MakeUnit) => Promise<Result<Made, Unanswered>>;
  readonly makeCrew: (what: MakeCrew) => Promise<Result<Made, Unanswered>>;
  readonly makePerson: (what: MakePerson) => Promise<Result<Made, Unanswered>>;
  readonly givePassword: (what: GivePassword) => Promise<Result<unknown, Unanswered>>;
  readonly activateRules: (what: ActivateRules) => Promise<Result<ActivatedRules, Unanswered>>;
  readonly makeCode: (what: MakeCode) => Promise<Result<MadeCode, Unanswered>>;
  readonly redact: (what: Redact) => Promise<Result<DoneRedacting, Unanswered>>;
};

/** What an administrator makes, and what is erased. It needs the network: names, logins and codes are one for all. */
export const createAdministration = ({ ask }: Pick<Client, 'ask'>): Administration => ({
  makeUnit: async (what) => readAnswer(Made, await ask('POST', '/v1/units', what)),
  makeCrew: async (what) => readAnswer(Made, await ask('POST', '/v1/crews', what)),
  makePerson: async (what) => readAnswer(Made, await ask('POST', '/v1/people', what)),
  givePassword: (what) => ask('POST', '/v1/passwords', what),
  activateRules: async (what) => readAnswer(ActivatedRules, await ask('POST', '/v1/rules', what)),
  makeCode: async (what) => readAnswer(MadeCode, await ask('POST', '/v1/codes', what)),
  redact: async (what) => readAnswer(DoneRedacting, await ask('POST', '/v1/redactions', what)),
});
