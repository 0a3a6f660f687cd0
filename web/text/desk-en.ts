import type { deskZh } from './desk-zh.ts';
import type { WordsLike } from './text.ts';

export const deskEn: WordsLike<typeof deskZh> = {
  'desk.title': 'Dispatch desk',
  'desk.noNewData': 'No new data since {time}; you can go on',
  'desk.noOrders': 'No orders',
  'desk.newRows': '+{n} new',
  'desk.showOnMap': 'Show',
};
