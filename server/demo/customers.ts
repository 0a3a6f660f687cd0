import type { Reported } from '#shared/event/intake.ts';

import type { Chance } from './chance.ts';
import type { Address, City } from './city/city.ts';
import { toPoint } from './city/plane.ts';

/** `feeder`: the whole line has failed, and the neighbours see it too. */
export type Trouble = 'house' | 'feeder';

/** What an agent writes down when a customer at `address` calls, without the unit it goes to. */
export function customerReport(city: City, chance: Chance, address: Address, trouble: Trouble): Omit<Reported, 'unit'> {
  const hazard = hazardOf(chance);
  const line = city.supply.feeders[address.feeder]?.name ?? '';
  const words = trouble === 'feeder' ? chance.pick(LINE_WORDS) : chance.pick(HOUSE_WORDS);
  return {
    address: address.text,
    point: { ...toPoint(address.spot), acc: 20 },
    area: address.area,
    channel: chance.happens(0.75) ? 'phone' : 'platform',
    customer: {
      name: `${chance.pick(SURNAMES)}*`,
      phone: `${chance.pick(['138', '159', '186'])}****${chance.whole(1000, 9999)}`,
      account: `*${chance.whole(1000, 9999)}`,
    },
    customers: trouble === 'feeder' ? chance.whole(20, 180) : chance.whole(1, 6),
    words: `${words}${hazard ? HAZARD_WORDS[hazard] : ''}${trouble === 'feeder' && chance.happens(0.4) ? `（${line}）` : ''}`,
    ...(hazard ? { hazards: [hazard] } : {}),
  };
}

type Hazard = NonNullable<Reported['hazards']>[number];

function hazardOf(chance: Chance): Hazard | null {
  const drawn = chance.unit();
  if (drawn < 0.06) return 'lineDown';
  if (drawn < 0.1) return 'medical';
  if (drawn < 0.12) return 'fire';
  return drawn < 0.15 ? 'vip' : null;
}

const SURNAMES = '张刘杨黄马朱胡郭徐宋梁谢'.split('');

const HOUSE_WORDS = [
  '家里突然没电，邻居有电。',
  '整栋楼都停了，电梯也不动。',
  '电压很低，灯一闪一闪的。',
  '表箱里有响声，然后就跳闸了。',
  '空气开关合不上，一合就跳。',
  '雷响过以后就没电了。',
  '早上就没电，现在还没来，什么时候能修好？',
  '店里冰柜停了，东西要坏了，快一点。',
] as const;

const LINE_WORDS = [
  '刮大风以后整条街都没电。',
  '一声巨响，附近几栋楼全黑了。',
  '树倒在电线上，这一片都停了。',
  '路灯和红绿灯都灭了。',
  '全村都没电，水也抽不上来。',
  '变压器那边冒了火花，然后就停电。',
] as const;

const HAZARD_WORDS = {
  lineDown: '电线断了，掉在路边！',
  medical: '家里有老人在用制氧机，撑不了多久。',
  fire: '表箱有焦味，还在冒烟！',
  vip: '这里是医院，备用电源已启动。',
  injury: '有人触电，已叫救护车！',
} as const satisfies Record<Hazard, string>;
