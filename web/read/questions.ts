import { OrderLog, SearchAnswer } from '#shared/api/orders.ts';
import type { Report, ReportQuery } from '#shared/api/report.ts';
import { DemoAccounts } from '#shared/api/session.ts';
import { readAnswer } from '#shared/engine/http-transport.ts';
import type { Transport } from '#shared/engine/ports.ts';
import { err, type Result } from '#shared/result.ts';

import type { Client, Unanswered } from './client-context.ts';

/** The read-only query API: archive, search, reports. What it answers is shown and not kept. */
export const createQuestions = (
  transport: Transport,
): Pick<Client, 'search' | 'orderLog' | 'report' | 'demoAccounts'> => ({
  search: async (query) => readAnswer(SearchAnswer, await transport.ask('GET', addressOf('/v1/orders', query))),
  orderLog: async (id) => readAnswer(OrderLog, await transport.ask('GET', `/v1/orders/${id}`)),
  report: (query) => askReport(transport, query),
  demoAccounts: async () => readAnswer(DemoAccounts, await transport.ask('GET', '/v1/demo')),
});

/** What a report looks like is loaded with the first one: a tablet never asks for any. */
async function askReport(transport: Transport, query: ReportQuery): Promise<Result<Report, Unanswered>> {
  const answer = transport.ask('GET', addressOf('/v1/report', query));
  try {
    const { Report } = await import('#shared/api/report.ts');
    return readAnswer(Report, await answer);
  } catch {
    return err('network');
  }
}

function addressOf(path: string, query: { readonly [name: string]: string | number | null | undefined }): string {
  const given = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return `${path}?${new URLSearchParams(given).toString()}`;
}
