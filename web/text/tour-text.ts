import type { Lang } from './text.ts';

/** The guided tour of the demonstration: five steps and the words around them. */
export type TourWords = {
  readonly name: string;
  readonly offer: string;
  readonly start: string;
  readonly next: string;
  readonly back: string;
  readonly end: string;
  readonly done: string;
  /** "2 / 5" */
  readonly at: (step: number, of: number) => string;
  readonly steps: readonly { readonly title: string; readonly text: string }[];
};

type Around = Omit<TourWords, 'offer' | 'steps'>;

const aroundZh: Around = {
  name: '导览',
  start: '看五步导览',
  next: '下一步',
  back: '上一步',
  end: '不看了',
  done: '看完了',
  at: (step, of) => `${step} / ${of}`,
};

const aroundEn: Around = {
  name: 'Tour',
  start: 'Show me, five steps',
  next: 'Next',
  back: 'Back',
  end: 'No thanks',
  done: 'Done',
  at: (step, of) => `${step} / ${of}`,
};

const deskZh: TourWords = {
  ...aroundZh,
  offer: '这是演示：刚过去的两小时刮了一场大风，十四个班组在外面。第一次来？',
  steps: [
    {
      title: '五个数',
      text: '超时、说不准、快到时限、在跑、未派。按一下就只看那些。形状、颜色、字，三样说的是同一件事。',
    },
    {
      title: '工单按下一个时限排',
      text: '最急的在最上面。点一行，或按 j k 再按 Enter，右边打开它的全部经过，连每个时间是怎么知道的。',
    },
    {
      title: '没有消息，不等于晚了',
      text: '虚线菱形：时限过了，可是听不到那个班组，谁也不知道到没到。叫电台，不记超时。几分钟后有一张会自己撤回：迟到的记录证明他们按时到了。',
    },
    {
      title: '车在路上，也可能没信号',
      text: '实心是刚听到的，空心、虚线是老位置，旁边写着几分钟前。放大看街道和线路。',
    },
    {
      title: '派一张单试试',
      text: '选一张「未派」的（按 5），按 D，选抢修4班或7班：几秒后他们就接。再开一个窗口到 /crew，用页上的码当一个班组。按 ? 看全部按键和指南。',
    },
  ],
};

const deskEn: TourWords = {
  ...aroundEn,
  offer: 'This is a demonstration: a storm has just passed, fourteen crews are out. First time here?',
  steps: [
    {
      title: 'Five counts',
      text: 'Over, unknown, due soon, running, not dispatched. A click shows only those. Shape, colour and word always say the same.',
    },
    {
      title: 'Orders by their next limit',
      text: 'The most urgent is on top. Click a row, or j k and Enter: its whole story opens, with how each time is known.',
    },
    {
      title: 'No news is not late',
      text: 'A dashed diamond: the limit has passed, but nobody hears that crew, so nobody knows. Call by radio; it does not count as over. In some minutes one withdraws itself: late records prove an arrival in time.',
    },
    {
      title: 'Vans on the road, some without signal',
      text: 'Solid was heard just now; hollow and dashed are older, with how many minutes. Zoom in for streets and feeders.',
    },
    {
      title: 'Send a crew yourself',
      text: 'Choose an order nobody has (key 5), press D, take crew 4 or 7: within seconds they accept. Open /crew in another window and be a crew with a code from the page. ? shows all keys and the guide.',
    },
  ],
};

const crewZh: TourWords = {
  ...aroundZh,
  offer: '这是演示，你现在是一个班组。第一次来？',
  steps: [
    { title: '有没有信号', text: '灰条写着信号、待发几件、上次联系成功是几点。没信号不是出错，照常干。' },
    {
      title: '现在的一张单',
      text: '离时限还剩多少，去哪里，客户怎么说。没有单？到 /desk 用另一个窗口派一张给你的班组。',
    },
    {
      title: '一个黑按钮',
      text: '永远是下一步：接单、出发、到达现场、查明原因、复电、签字、提交。到达、复电、提交按两次，时间算第一次。',
    },
    {
      title: '三个框',
      text: '「待发」里每一步有三种样子：本机已存，中心已收，已存妥。丢了平板，中心已收的还在。',
    },
    {
      title: '断网试试',
      text: '把浏览器设成离线，接着按。每一步都说本机已存；连回来，指挥台看到的是当时的时间。',
    },
  ],
};

const crewEn: TourWords = {
  ...aroundEn,
  offer: 'This is a demonstration, and you are a crew now. First time here?',
  steps: [
    {
      title: 'Signal or not',
      text: 'The grey bar says signal, how many records wait, when the centre was last reached. No signal is no error: go on working.',
    },
    {
      title: 'The order for now',
      text: 'Time left to the limit, where to, what the customer said. None yet? Open /desk in another window and send one to your crew.',
    },
    {
      title: 'One black button',
      text: 'Always the next step: accept, depart, arrive, found cause, restored, sign, submit. Arrive, restored and submit take two taps; the first one counts.',
    },
    {
      title: 'Three frames',
      text: 'Under Waiting each step is on this tablet, received or settled. If the tablet is lost, what was received is safe.',
    },
    {
      title: 'Try it without signal',
      text: 'Set the browser offline and go on tapping. Each step says On this tablet; once back, the desk sees the times as they were.',
    },
  ],
};

/** The tour of the desk or of the crew app. */
export const tourWords = (app: 'desk' | 'crew', lang: Lang): TourWords =>
  ({ desk: { zh: deskZh, en: deskEn }, crew: { zh: crewZh, en: crewEn } })[app][lang];
