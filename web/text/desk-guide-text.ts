import type { Guide } from './guide-text.ts';
import type { Lang } from './text.ts';

const zh: Guide = [
  {
    title: '三块，一个选择',
    lines: [
      '左边工单，按下一个时限排；中间地图；右边预警。在哪边选中，三块一起跟。地图不会自己动，按「在地图上看」才动。',
      '顶上的数就是筛子：✕ 超时、? 说不准、▲ 快到时限、◔ 在跑、未派。按 1 到 5，按 0 全看。',
      '每件事都有键。按 ? 看全表，按 Ctrl+K 打命令，按 / 搜全部工单，包括已归档的。',
    ],
  },
  {
    title: '没有消息，不等于晚了',
    lines: [
      '方块 ✕「超时」：班组的平板都听全了，时限前确实没到。只有这一种叫超时。',
      '虚线菱形 ?「14:02 起无消息」：时限过了，可谁也不知道到没到。用电台问，按 R 代报；不要先当他们晚了。',
      '「说不准」：到了，但时间的上下限跨着时限。看痕迹里的读数，由人认定，写明理由。',
      '平板迟到的记录若证明按时到了，预警自己撤回，原因留在「已撤」里。',
    ],
  },
  {
    title: '预警要人做事',
    lines: [
      '每张卡写着：发生了什么，怎么知道的，要你做什么，到几点。先看 P1，按 [ ] 跳。',
      '认领 C：写上你的名和回看时间；到点没动，它回到队首。暂缓 Z：要有理由，也要有回来的时间。',
      '没人认领的超时会上报组长，再上报上级。',
    ],
  },
  {
    title: '受理、派单、改派',
    lines: [
      '受理 N：从上往下就是问话的顺序，Ctrl+Enter 建单。断线也能建，先存本机。',
      '输地址、姓名、电话或户号，下面列出可能是谁：↑ ↓ 选，Enter 填入客户资料。你亲手填的不会被盖掉，旁边问要不要改用资料上的。',
      '派单 D：每个班组写着来得及、说不准还是来不及，和为什么。来不及的也能派，要写理由。',
      '已派不等于已送达，已送达不等于已接单：三个词，三件事。撤单、改派要写理由，班组那边看得到。',
    ],
  },
  {
    title: '断线和交班',
    lines: [
      '「几点起没有新数据」：所有判定停在那一刻，你写的先存本机，连上自己发。',
      '没存上会占满整屏：立刻用电台或电话报出去，再换一台机器。',
      '报表 B：按区域、客户、单位、班组、日期看每个环节；不知道的画成一段，不猜。',
    ],
  },
];

const en: Guide = [
  {
    title: 'Three panes, one choice',
    lines: [
      'Orders on the left by their next limit, the map, alerts on the right. Choose in one and all three follow. The map never moves by itself; ask it to show.',
      'The counts at the top are filters: ✕ over, ? unknown, ▲ due soon, ◔ running, not dispatched. Keys 1 to 5; 0 shows all.',
      'Everything has a key. ? shows them all, Ctrl+K takes commands, / searches every order, archived ones too.',
    ],
  },
  {
    title: 'No news is not late',
    lines: [
      'Square ✕ “over”: every tablet of the crew was heard completely, and nobody arrived before the limit. Only that is called over.',
      'Dashed diamond ? “no news since 14:02”: the limit has passed and nobody can know. Ask by radio and report with R; do not take them for late first.',
      '“Cannot say”: they arrived, but the bounds of the time lie on both sides of the limit. Look at the readings in the trace; a person decides, with a reason.',
      'If a late record proves an arrival in time, the alert withdraws itself and keeps its reason under Withdrawn.',
    ],
  },
  {
    title: 'An alert asks for something',
    lines: [
      'Each card says what happened, how we know, what to do and by when. P1 first; [ and ] jump there.',
      'Claim with C: your name and a time to look again; if nothing has happened by then, it comes back to the top. Shelve with Z: a reason and a time to return.',
      'What nobody attends goes to the leader, then to the leader above.',
    ],
  },
  {
    title: 'Take, dispatch, reassign',
    lines: [
      'Intake N: from top to bottom is the order of the questions; Ctrl+Enter makes the order. Without connection, too: it is kept here first.',
      'Type an address, a name, a phone or an account, and below stands who it may be: ↑ ↓ chooses, Enter fills in what is known. What you typed yourself is never replaced; you are asked beside it.',
      'Dispatch D: each crew says in time, cannot say or too late, and why. Too late can be sent all the same, with a reason.',
      'Dispatched is not on the tablet, and on the tablet is not accepted: three words for three things. Withdrawing and reassigning want a reason, which the crew reads.',
    ],
  },
  {
    title: 'No connection, and the next shift',
    lines: [
      '“No new data since”: all verdicts stand at that moment. What you write is kept here and goes out by itself.',
      'NOT SAVED fills the screen: pass it on by radio or telephone now, then use another computer.',
      'Reports B: every stage by area, customer, unit, crew and day. What is not known is drawn as a range, not guessed.',
    ],
  },
];

/** One page that teaches the desk. */
export const deskGuide = (lang: Lang): Guide => (lang === 'zh' ? zh : en);
