import { CallerAnswer, type CallerQuery, type CustomersHead, CustomersLine } from '#shared/api/customers.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Result } from '#shared/result.ts';

import type { Client, Unanswered } from './client-context.ts';
import { runUpload } from './run-upload.ts';

/** How asking for customers ended. `brokenOff`: what was written until then stays; the same file again does the rest. */
export type CustomersEnd =
  | Exclude<CustomersLine, { is: 'progress' | 'brokenOff' }>
  | { readonly is: 'network' | 'brokenOff' };

/** Looks at, checks or imports a file of customers. */
export async function runCustomers(
  client: Pick<Client, 'upload'>,
  asked: { readonly head: CustomersHead; readonly file: Blob },
  onProgress: (read: number) => void,
): Promise<CustomersEnd> {
  const say = (raw: unknown): { read: number } | { end: CustomersEnd } | null => {
    const line = CustomersLine.safeParse(raw);
    if (!line.success) return null;
    return line.data.is === 'progress' ? line.data : { end: line.data };
  };
  const { end, begun } = await runUpload(client, { path: '/v1/customers', asked, say }, onProgress);
  return end ?? { is: begun || asked.head.act === 'import' ? 'brokenOff' : 'network' };
}

/** Who may be calling. Shown and not kept. */
export async function findCallers(
  { ask }: Pick<Client, 'ask'>,
  { field, text }: CallerQuery,
): Promise<Result<CallerAnswer, Unanswered>> {
  const answer = await ask('GET', `/v1/callers?${new URLSearchParams({ field, text }).toString()}`);
  return readAnswer(CallerAnswer, answer);
}
