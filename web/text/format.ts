import type { EventTime } from '#shared/time/event-time.ts';

import type { Lang, Text } from './text.ts';
import type { zh } from './zh.ts';

/** Instants are epoch milliseconds, spans are milliseconds. Nothing here reads a clock. */
export type Format = ReturnType<typeof formatIn>;

/**
 * How numbers, times and ids are written in one language, with its words.
 * @param timeZone IANA name; without it the zone of the machine.
 */
export function formatIn(lang: Lang, t: Text<typeof zh>, timeZone?: string) {
  const calendar = createCalendar(lang, timeZone);

  /** "14:21". */
  const clock = (at: number): string => calendar(at).clock;
  /** "14:21:08": only for facts that judge people. */
  const clockSeconds = (at: number): string => `${clock(at)}:${calendar(at).second}`;

  /** "14:21" today, "11月20日 14:21" on another day. */
  const when = (at: number, now: number): string => {
    const [then, today] = [calendar(at), calendar(now)];
    if (then.year !== today.year) return t('time.onDayOfYear', { ...then, time: then.clock });
    if (then.day !== today.day || then.month !== today.month) return t('time.onDay', { ...then, time: then.clock });
    return then.clock;
  };

  /** "48 分", "1 时 24 分", "3 天": whole steps that have passed. */
  const span = (ms: number): string => {
    if (ms < MINUTE) return t('time.underMinute');
    if (ms < HOUR) return t('time.minutes', { n: steps(ms, MINUTE) });
    if (ms >= 2 * DAY) return t('time.days', { n: steps(ms, DAY) });
    const [hours, minutes] = [steps(ms, HOUR), steps(ms % HOUR, MINUTE)];
    return minutes === 0 ? t('time.hours', { n: hours }) : t('time.hoursMinutes', { hours, minutes });
  };

  /** "0.4 秒", "12 秒", from a minute on as a span: how far two clocks are apart. */
  const apart = (ms: number): string =>
    ms < MINUTE ? t('time.seconds', { n: oneDigit(Math.max(0, ms) / SECOND) }) : span(ms);

  /** "42 分前", "刚才". */
  const age = (ms: number): string => (ms < MINUTE ? t('time.justNow') : t('time.ago', { age: span(ms) }));

  /** Countdown body: "48 分", "1:20", "3 天". */
  const countdown = (ms: number): string => {
    if (ms < HOUR) return t('time.minutes', { n: steps(ms, MINUTE) });
    if (ms >= 2 * DAY) return t('time.days', { n: steps(ms, DAY) });
    return `${steps(ms, HOUR)}:${two(steps(ms % HOUR, MINUTE))}`;
  };

  /** "还剩 48 分", from an hour on "还剩 1:20". Rounded down: it never promises more than there is. */
  const left = (ms: number): string =>
    ms < MINUTE ? t('verdict.leftUnderMinute') : t('verdict.left', { left: countdown(ms) });

  /** Under 5 minutes with seconds, for the one open order: "还剩 4 分 32 秒". */
  const leftWithSeconds = (ms: number): string => {
    if (ms >= 5 * MINUTE) return left(ms);
    const [minutes, seconds] = [steps(ms, MINUTE), steps(ms % MINUTE, SECOND)];
    return t('verdict.left', {
      left: minutes === 0 ? t('time.seconds', { n: seconds }) : t('time.minutesSeconds', { minutes, seconds }),
    });
  };

  /** "超时 7 分", from an hour on "超时 1:07". Say it only when the verdict is missed. */
  const over = (ms: number): string =>
    ms < MINUTE ? t('verdict.missedUnderMinute') : t('verdict.missed', { over: countdown(ms) });

  /** "14:02 起无消息"; with the day if it was not today. */
  const noNewsSince = (at: number, now: number): string => t('verdict.noNewsSince', { time: when(at, now) });

  /** "20 秒", "6 分": rounded up, so the bounds stay inside what is said. */
  const error = (ms: number): string =>
    ms < MINUTE ? t('time.seconds', { n: Math.ceil(Math.max(0, ms) / SECOND) }) : span(Math.ceil(ms / MINUTE) * MINUTE);

  /** "14:21 ± 20 秒". */
  const plusMinus = (at: number, errorMs: number, withSeconds = false): string =>
    t('time.plusMinus', { time: withSeconds ? clockSeconds(at) : clock(at), error: error(errorMs) });

  /** "14:21 ± 20 秒"; "14:21，时钟存疑（± 40 分）" where only its bounds may judge. */
  const eventTime = (time: EventTime, withSeconds = false): string =>
    time.grade === 'C' && !time.given
      ? t('time.clockUnsure', { time: clock(time.est), error: error(time.e) })
      : time.e > 0
        ? plusMinus(time.est, time.e, withSeconds)
        : withSeconds
          ? clockSeconds(time.est)
          : clock(time.est);

  /** Why a time is as sure as it is, and where it surely lies if that is all that is known; null: nothing to say. */
  const timeReason = (time: EventTime): string | null => {
    if (time.why === undefined) return null;
    const reason = t(`sureness.${time.why}`);
    if (time.grade !== 'C') return reason;
    return t('sureness.between', { reason, lo: clock(time.lo), hi: clock(time.hi) });
  };

  /** "40 米", "1.8 公里". */
  const distance = (metres: number): string =>
    metres < 1000 ? t('unit.metres', { n: Math.round(metres) }) : t('unit.kilometres', { n: oneDigit(metres / 1000) });

  /** "A7K-2" spelled for the radio: "A 拐 K 杠 两". */
  const spoken = (id: string): string => {
    const [digits, letters] = [t('radio.digits').split(' '), t('radio.letters').split(' ')];
    return Array.from(id.toUpperCase())
      .map((char) => {
        if (char === '-') return t('radio.dash');
        if (char >= '0' && char <= '9') return digits[Number(char)] ?? char;
        return letters[char.charCodeAt(0) - 'A'.charCodeAt(0)] ?? char;
      })
      .join(' ');
  };

  return {
    clock,
    clockSeconds,
    when,
    span,
    apart,
    age,
    left,
    leftWithSeconds,
    over,
    noNewsSince,
    plusMinus,
    eventTime,
    timeReason,
    distance,
    spoken,
    size,
  };
}

/** An id in groups that can be read out: "A7K-2", "A7K 4Q-12", "A7K-12 552". Spaces inside are non-breaking. */
export function groupedId(id: string): string {
  const [writer = '', ...rest] = id.split('-');
  const groups = writer.length > 4 ? `${writer.slice(0, 3)}\u00a0${writer.slice(3)}` : writer;
  return [groups, ...rest.map((number) => number.replace(/(?<=^\d{2,})(?=(?:\d{3})+$)/g, '\u00a0'))].join('-');
}

/** "0.9 MB", "18 MB", "640 KB": the same letters in both languages. */
function size(bytes: number): string {
  if (bytes >= 1e9) return `${oneDigit(bytes / 1e9)} GB`;
  return bytes >= 1e5 ? `${oneDigit(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} KB`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const steps = (ms: number, step: number): number => Math.max(0, Math.floor(ms / step));
const two = (n: number): string => String(n).padStart(2, '0');
const oneDigit = (n: number): string => (n >= 10 ? String(Math.round(n)) : String(Math.round(n * 10) / 10));

/** The parts of an instant as its local clock shows them; months are names in English. */
function createCalendar(lang: Lang, timeZone: string | undefined) {
  const known = new Map<number, CalendarTime>();
  // Making a formatter costs a tablet a tenth of a second before its first list; its own zone needs none.
  const partsOf = timeZone === undefined ? ownZone : zoned(timeZone);
  const read = (at: number): CalendarTime => {
    const [year, month, day, hour, minute, second] = partsOf(at);
    return {
      year: String(year),
      month: lang === 'zh' ? String(month) : (MONTHS.split(' ')[month - 1] ?? ''),
      day: String(day),
      clock: `${two(hour)}:${two(minute)}`,
      second: two(second),
    };
  };
  /** A list says the same few seconds over and over, and reading them off the calendar is slow. */
  return (at: number): CalendarTime => {
    const second = Math.floor(at / SECOND);
    const made = known.get(second) ?? read(at);
    if (known.size >= KNOWN_AT_MOST) known.clear();
    known.set(second, made);
    return made;
  };
}

/** Year, month from 1, day, hour, minute, second. */
type Parts = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];

function ownZone(at: number): Parts {
  const date = new Date(at);
  return [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ];
}

function zoned(timeZone: string): (at: number) => Parts {
  const written = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (
      written.format(at).match(/\d+/g) ?? []
    ).map(Number);
    return [year, month, day, hour, minute, second];
  };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec';

type CalendarTime = {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly clock: string;
  readonly second: string;
};

const KNOWN_AT_MOST = 5_000;
