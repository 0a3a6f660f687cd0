import { ENDPOINTS } from '#shared/api/endpoints.ts';

type Row = (typeof ENDPOINTS)[number];
type RowOf<M extends Row['method'], P extends Row['path']> = Extract<Row, { method: M; path: P }>;

/** One row of the table of endpoints: a route takes its path and schemas from here. */
export function endpoint<M extends Row['method'], P extends Row['path']>(method: M, path: P): RowOf<M, P> {
  const row = ENDPOINTS.find((one): one is RowOf<M, P> => one.method === method && one.path === path);
  if (!row) throw new Error(`${method} ${path} is not in the table of endpoints`);
  return row;
}
