import type { Lang } from './text.ts';

/** One page that teaches a crew the app. Part of the app, so that it can be read without signal. */
export type Guide = readonly { readonly title: string; readonly lines: readonly string[] }[];

const zh: Guide = [
  {
    title: '一张工单怎么走',
    lines: [
      '屏幕最下面的黑按钮永远是下一步：接单、出发、到达现场、查明原因、复电、签字、提交。',
      '到达、复电、提交要按两次，两次不在同一处。时间算第一次按下的；不答就一直留着，关机也不丢。',
      '雨点、连按、误碰落在原处，那里永远是「还没到」「还没好」，按到也没事。',
      '别的都在「更多」里：联系客户、说明延误、挂起、用料、退单、备注。不能按的下面写着为什么。',
    ],
  },
  {
    title: '没有信号也照常干',
    lines: [
      '每一步先存在本机，有信号自己发，不用等，也不用再按。',
      '本机已存（空框）：只在这台平板上。中心已收（半满）：丢了平板也在。已存妥（全满）：备份里也有。',
      '「待发」写着还有几件没到中心、上次联系成功是几点。灰色的「无信号」不是出错。',
      '很久没信号，打开「电台报读」，照着大字念给指挥台，由他们代报；以后平板的记录到了，两份都在。',
      '整屏红框「没存上」只有一种意思：这一步没记下，马上用电台报。',
    ],
  },
  {
    title: '时限和判定',
    lines: [
      '卡片上的时间是离时限还剩多少。本机看的判定只是本机的；中心没听到你们之前，不会说你们超时。',
      '挂起要选原因。停不停钟由规则定，不由平板定。',
      '催办要答：一按就答。答了不再催，时限照走。',
    ],
  },
  {
    title: '工单被改派了',
    lines: [
      '它不会消失，移到「已改派」，写着谁决定、为什么、现在归谁。先用电台问指挥台，再离开。',
      '你们已经做的都留作证据；还能补备注、补签字、补用料。',
    ],
  },
  {
    title: '手和眼',
    lines: [
      '「待发」页里能换：日间、夜间、强光；常规、厚手套；左手、右手；双手、单手。按钮只变大小，不换地方。',
      '车动起来屏幕只剩一张单、一个时限、一个按钮；你不开车就按「我不开车」。',
      '下雨立着拿，擦一下再按；不用滑、不用长按、不用双击。',
    ],
  },
];

const en: Guide = [
  {
    title: 'How an order goes',
    lines: [
      'The black button at the bottom is always the next step: accept, depart, arrive, found cause, restored, sign, submit.',
      'Arrive, restored and submit take two taps in two places. The time is that of the first; an open question stays, also through a shutdown.',
      'Rain, bounces and slips land on the first place, and what lies there is always “not yet”: it does no harm.',
      'Everything else is under More: call customer, explain delay, suspend, materials, return, note. What cannot be done says why below itself.',
    ],
  },
  {
    title: 'Without signal the work is the same',
    lines: [
      'Every step is kept on this tablet first and goes out by itself. There is nothing to wait for and nothing to tap again.',
      'On this tablet (empty frame): only here. Received (half full): safe even if the tablet is lost. Settled (full): in a backup, too.',
      'Waiting shows how many records the centre does not have and when it was last reached. A grey “no signal” is no error.',
      'Long without signal: open Read out and read the big words to the desk, who writes them down by radio. Your own records join them later; both are kept.',
      'A full screen with a red frame means one thing: this step was NOT kept. Report it by radio now.',
    ],
  },
  {
    title: 'Limits and verdicts',
    lines: [
      'The card shows the time left to the limit. A verdict here is this tablet’s own; the centre never calls you over the limit before it has heard you.',
      'Suspending asks for a reason. Whether the clock stops is for the rules to say, not for the tablet.',
      'An urge wants an answer: one tap. It quiets the urging; the limit goes on.',
    ],
  },
  {
    title: 'An order was taken away',
    lines: [
      'It does not vanish: it moves to Taken away, with who decided, why, and who has it now. Ask the desk by radio before you leave.',
      'What you did is kept as evidence. Notes, a missing signature and materials can still be added.',
    ],
  },
  {
    title: 'Hands and eyes',
    lines: [
      'On the Waiting page choose day, night or sun; standard or thick gloves; left or right hand; both hands or one hand. Buttons change size, never place.',
      'Once the van moves, one order, one limit and one button are left; if you are not at the wheel, tap “I am not driving”.',
      'In rain hold it upright and wipe it first. Nothing needs a swipe, a long press or a double tap.',
    ],
  },
];

export const guide = (lang: Lang): Guide => (lang === 'zh' ? zh : en);
