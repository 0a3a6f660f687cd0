import type { RulePack } from '../event/rule-pack.ts';

/** State Grid's ten commitments, article 3: on site in 45 / 90 / 120 minutes from the report. */
export const STATE_GRID: RulePack = {
  id: 'state-grid-2023',
  name: { zh: '国家电网十项承诺', en: 'State Grid ten commitments' },
  silenceHours: 24,
  rules: [
    {
      id: 'arrival',
      name: { zh: '到达', en: 'Arrival' },
      kind: 'target',
      origin: 'reported',
      stop: 'arrived',
      limitMin: { urban: 45, rural: 90, remote: 120 },
      averageMin: { urban: 45, rural: 90, remote: 120 },
      warnAt: 0.8,
      levels: { soon: ['dispatcher'], contact: ['dispatcher'], missed: ['dispatcher', 'leader'] },
      escalate: [],
      pausedBy: [],
      source: '国家电网公司供电服务“十项承诺”（2022 年修订）第三条',
      confidence: 'A',
    },
  ],
};
