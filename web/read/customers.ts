import {
  CallerAnswer,
  type CallerQuery,
  type CustomersCounts,
  type CustomersHead,
  CustomersLine,
} from '#shared/api/customers.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Result } from '#shared/result.ts';

import type { Client, Unanswered } from './client-context.ts';
import { runUpload, type UploadEnd } from './run-upload.ts';

/** Looks at, checks or imports a file of customers. After one that broke off, the same file again does the rest. */
export const runCustomers = (
  client: Pick<Client, 'upload'>,
  asked: { readonly head: CustomersHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<UploadEnd<CustomersCounts>> =>
  runUpload(client, { path: '/v1/customers', line: CustomersLine, asked }, onProgress);

/** Who may be calling. Shown and not kept. */
export async function findCallers(
  { ask }: Pick<Client, 'ask'>,
  { field, text }: CallerQuery,
): Promise<Result<CallerAnswer, Unanswered>> {
  const answer = await ask('GET', `/v1/callers?${new URLSearchParams({ field, text }).toString()}`);
  return readAnswer(CallerAnswer, answer);
}
