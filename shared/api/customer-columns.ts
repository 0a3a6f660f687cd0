/** What of a customer a column can say, and what such a column may be called. The first that a file has is taken. */
const NAMES = {
  account: ['account', 'account_no', 'customer_no', '户号', '戶號', '客户编号', '用户编号', '電號'],
  name: ['name', 'customer', 'customer_name', '户名', '戶名', '客户名称', '用户名称', '姓名'],
  phone: ['phone', 'tel', 'telephone', 'mobile', '电话', '電話', '联系电话', '手机', '手机号'],
  address: ['address', '地址', '用电地址', '用電地址'],
  area: ['area', 'area_class', '地域', '区域类别', '地区类别', '城乡类别'],
  customerClass: ['class', 'customer_class', '客户类别', '用户类别', '重要等级'],
  x: ['lon', 'lng', 'longitude', 'x', '经度', '經度'],
  y: ['lat', 'latitude', 'y', '纬度', '緯度'],
  transformer: ['transformer', '变压器', '變壓器', '台区', '台区名称', '配变'],
  feeder: ['feeder', 'feeder_name', '馈线', '饋線', '馈线名称', '线路', '線路', '线路名称'],
  unit: ['unit', 'station', '供电所', '单位', '供电单位'],
} as const;

export type CustomerColumn = keyof typeof NAMES;
export const CUSTOMER_COLUMNS = Object.keys(NAMES).filter((name): name is CustomerColumn => name in NAMES);

/** Without these a row is no customer. */
export const NEEDED_COLUMNS = ['account', 'address'] as const satisfies readonly CustomerColumn[];

/** The columns of a file that are called like what they may be. */
export function guessCustomerColumns(columns: readonly string[]): { readonly [C in CustomerColumn]?: string } {
  const found: { [C in CustomerColumn]?: string } = {};
  for (const field of CUSTOMER_COLUMNS) {
    const named = NAMES[field].map((name) => columns.find((column) => column.toLowerCase() === name)).find(Boolean);
    if (named !== undefined) found[field] = named;
  }
  return found;
}
