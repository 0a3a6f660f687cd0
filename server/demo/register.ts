import type { UnitId } from '#shared/ids.ts';

import { AT_ONCE, type CustomerRow, type Customers } from '../store/customers.ts';
import type { Chance } from './chance.ts';
import { anyAddress, type Address, type City, type Quarter } from './city/city.ts';
import { metres, toPoint } from './city/plane.ts';

type Register = {
  readonly customers: Pick<Customers, 'put'>;
  readonly city: City;
  readonly chance: Chance;
  readonly unitOf: (quarter: Quarter) => UnitId;
};

const HOUSES = 2_400;

/** The company knows who lives in part of the city, as if it had imported them: whoever takes a report is offered them. */
export async function bringRegister({ customers, city, chance, unitOf }: Register): Promise<void> {
  const houses = new Map<string, Address>();
  for (let drawn = 0; drawn < HOUSES; drawn++) {
    const house = anyAddress(city, chance);
    houses.set(house.text, house);
  }
  const rows = [...houses.values()].map((house, index) => customerOf(house, index));
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await customers.put({ source: '营销系统', rows: rows.slice(from, from + AT_ONCE) });

  function customerOf({ text, spot, area, feeder, quarter }: Address, index: number): CustomerRow {
    const near = city.supply.transformers.filter((one) => one.feeder === feeder);
    const [transformer] = near.toSorted((a, b) => metres(a.spot, spot) - metres(b.spot, spot));
    return {
      unit: unitOf(quarter),
      account: String(4_101_000_000 + index * 37),
      name: `${chance.pick(SURNAMES)}${chance.pick(NAMES)}`,
      // No telephone has a number that begins so.
      phone: `120${chance.whole(10_000_000, 99_999_999)}`,
      address: text,
      area,
      customerClass: chance.happens(0.01) ? 'important' : 'ordinary',
      ...toPoint(spot),
      transformer: transformer?.name ?? null,
      feeder: city.supply.feeders[feeder]?.name ?? null,
    };
  }
}

const SURNAMES = '张刘杨黄马朱胡郭徐宋梁谢王李陈'.split('');
const NAMES = '建国 秀英 志强 桂兰 海燕 文斌 玉梅 立新 小红 永福 春花 明'.split(' ');
