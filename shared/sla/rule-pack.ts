import type { Area } from '../event/parts.ts';

/** One promise: a clock from one moment to another. Minutes. `warnAt`: share of the limit at which to warn. */
export type Rule = {
  readonly id: 'arrival';
  readonly origin: 'reported';
  readonly stop: 'arrived';
  readonly limitMin: { readonly [A in Area]: number };
  readonly warnAt: number;
  /** Where the numbers come from. */
  readonly source: string;
};

export type RulePack = { readonly id: string; readonly rules: readonly Rule[] };

/** State Grid's ten commitments, article 3: on site in 45 / 90 / 120 minutes from the report. */
export const STATE_GRID: RulePack = {
  id: 'state-grid-2023',
  rules: [
    {
      id: 'arrival',
      origin: 'reported',
      stop: 'arrived',
      limitMin: { urban: 45, rural: 90, remote: 120 },
      warnAt: 0.8,
      source: '国家电网公司供电服务“十项承诺”（2022 年修订）第三条',
    },
  ],
};
