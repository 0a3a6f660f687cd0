/** What a column may be called. The first that a file has is taken. */
const NAMES = {
  key: ['key', 'id', 'no', '单号', '工单号', '编号', 'outage_id'],
  address: ['address', 'where', '地址', '用电地址', 'region', '村里'],
  words: ['words', 'said', '现象', '故障现象', 'cause', '备注'],
  customers: ['customers', 'out', '户数', '停电户数', 'max_customers', '最大停電戶數'],
  lat: ['lat', 'latitude', '纬度', '緯度'],
  lon: ['lon', 'lng', 'longitude', '经度', '經度'],
  reported: ['reported', 'at', 'reported_at', '报修时间', '受理时间', 'outage_start', '首次停電(快照)'],
  dispatched: ['dispatched', 'dispatched_at', '派单时间', 'assigned_at'],
  arrived: ['arrived', 'arrived_at', '到达时间', 'onsite_at'],
  restored: ['restored', 'restored_at', '复电时间', '復電(快照)'],
  closed: ['closed', 'closed_at', '办结时间'],
} as const;

export type ColumnField = keyof typeof NAMES;
export const COLUMN_FIELDS = Object.keys(NAMES).filter((name): name is ColumnField => name in NAMES);

/** Which column is what; a field without one is left out. */
export type ColumnsOf = { readonly [F in ColumnField]?: string };

/** The columns of a file that are called like what they may be. */
export function guessColumns(columns: readonly string[]): ColumnsOf {
  const found: { [F in ColumnField]?: string } = {};
  for (const field of COLUMN_FIELDS) {
    const named = NAMES[field].map((name) => columns.find((column) => column.toLowerCase() === name)).find(Boolean);
    if (named !== undefined) found[field] = named;
  }
  return found;
}

export type Simple = {
  readonly columns: ColumnsOf;
  readonly system: string;
  readonly zone: string;
  readonly area: string;
};

/** The mapping that the choices say, as JSON to be read by people too; server/import/README.md describes it. */
export function mappingText({ columns, system, zone, area }: Simple): string {
  const { key = '', address = '', words, customers, lat, lon, reported = '', ...times } = columns;
  return JSON.stringify(
    {
      system,
      zone,
      key,
      address,
      ...(lat !== undefined && lon !== undefined ? { point: { lat, lon } } : {}),
      ...(customers === undefined ? {} : { customers }),
      ...(words === undefined ? {} : { words }),
      times: { reported, ...times },
      area,
    },
    null,
    2,
  );
}
