/** Words only the desk says. */
export const deskZh = {
  'desk.title': '指挥台',
  'desk.noNewData': '{time} 起没有新数据，仍可操作',
  'desk.noOrders': '没有工单',
  'desk.newRows': '+{n} 新',
  'desk.showOnMap': '看它',
} as const;
