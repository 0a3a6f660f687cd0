import type { Role, UnitMade } from '#shared/event/organisation.ts';

import type { Quarter } from './city/city.ts';

type Level = UnitMade['level'];

/** Who works here. `key` is only a name inside this plan; real ids come from the log. */
export type UnitPlan = {
  readonly key: string;
  readonly name: string;
  readonly level: Level;
  readonly parent: string | null;
};
export type CrewPlan = {
  readonly name: string;
  readonly unit: string;
  readonly van: string;
  readonly quarter: Quarter;
  readonly driver: string;
  /** Everybody on the van. */
  readonly people: readonly string[];
  /** Kept free for the visitor's own tablet; nobody simulates it. */
  readonly forVisitor: boolean;
};
/** `shown`: its name and password stand on the sign-in page. */
export type DeskPlan = {
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly role: Role;
  readonly shown: boolean;
};

export const UNITS: readonly UnitPlan[] = [
  { key: 'centre', name: '澜城客服中心', level: 'centre', parent: null },
  { key: 'eastern', name: '城东属地指挥中心', level: 'district', parent: 'centre' },
  { key: 'western', name: '城西属地指挥中心', level: 'district', parent: 'centre' },
  { key: 'east', name: '城东供电所', level: 'station', parent: 'eastern' },
  { key: 'north', name: '北郊供电所', level: 'station', parent: 'eastern' },
  { key: 'west', name: '城西供电所', level: 'station', parent: 'western' },
  { key: 'south', name: '南岸供电所', level: 'station', parent: 'western' },
];

const QUARTERS = ['east', 'west', 'north', 'south'] as const;
const DRIVERS = '赵 钱 孙 李 周 吴 郑 冯 陈 褚 卫 蒋 沈 韩 杨 秦 尤'.split(' ');
const MATES = '何 吕 施 张 孔 曹 严'.split(' ');
const SIMULATED = 14;

export const CREWS: readonly CrewPlan[] = DRIVERS.map((surname, index) => {
  const quarter = QUARTERS[index % QUARTERS.length] ?? 'east';
  return {
    name: `抢修${index + 1}班`,
    unit: quarter,
    van: `抢修${index + 1}号车`,
    quarter,
    driver: `${surname}师傅`,
    people: [`${surname}师傅`, `小${MATES[index % MATES.length] ?? ''}`],
    forVisitor: index >= SIMULATED,
  };
});

/** Simulated people at desks. */
export const COLLEAGUES = { agent: 'colleague-agent', dispatcher: 'colleague-desk' } as const;

export const DESKS: readonly DeskPlan[] = [
  { login: 'wang', name: '王调度', unit: 'centre', role: 'dispatcher', shown: true },
  { login: 'luo', name: '罗调度', unit: 'western', role: 'dispatcher', shown: true },
  { login: 'gao', name: '高值长', unit: 'centre', role: 'leader', shown: true },
  { login: 'tang', name: '唐坐席', unit: 'centre', role: 'agent', shown: true },
  { login: 'admin', name: '管理员', unit: 'centre', role: 'admin', shown: true },
  { login: COLLEAGUES.agent, name: '何坐席', unit: 'centre', role: 'agent', shown: false },
  { login: COLLEAGUES.dispatcher, name: '许调度', unit: 'centre', role: 'dispatcher', shown: false },
];

export const PASSWORD = 'relight-demo';
