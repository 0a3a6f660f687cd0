import type { Chance } from '../chance.ts';

/** Gives out names of places, each once, composed from parts. */
export type Namer = { readonly street: (ending: string) => string; readonly village: () => string };

const FIRST = '永长春望明安和德青云福泰兴文育新景金玉松柏清'.split('');
const SECOND = '宁康平才林泉山园华阳民盛昌济贤义桥湖岭庆'.split('');
const VILLAGE_FIRST = [
  '北桥',
  '柳湾',
  '石坝',
  '上坪',
  '桃溪',
  '黄土岗',
  '双井',
  '鹿鸣',
  '竹坳',
  '大塘',
  '云岭',
  '枫树坳',
];

export function createNamer(chance: Chance): Namer {
  const used = new Set<string>();
  const villages = [...VILLAGE_FIRST];
  return {
    street: (ending) => {
      for (;;) {
        const name = chance.pick(FIRST) + chance.pick(SECOND);
        if (used.has(name)) continue;
        used.add(name);
        return `${name}${ending}`;
      }
    },
    village: () => {
      const name = villages.shift();
      if (name === undefined) throw new Error('no village name is left');
      return `${name}村`;
    },
  };
}
