import { canonical, type Json } from '#shared/canonical.ts';
import { CATALOG, isKind, understood } from '#shared/event/catalog.ts';
import { Envelope } from '#shared/event/envelope.ts';
import type { WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import { PushItem, type HeldCode } from '#shared/sync/protocol.ts';

import { nativeSha256 } from '../store/native-sha256.ts';
import type { DeviceRow } from '../store/organisation.ts';
import type { Incoming } from '../store/take-batch.ts';

/**
 * Judges one pushed item by itself, as far as that needs no database (I9): size, shape, whose it is, hash, kind, data.
 * `item` is parsed JSON. `own`: the outboxes of the device that pushes. `earlier`: the devices it took over.
 */
export function checkItem(
  item: unknown,
  own: readonly WriterId[],
  earlier: readonly Pick<DeviceRow, 'id' | 'writers'>[] = [],
): Incoming {
  const writers = earlier.length === 0 ? own : [...own, ...earlier.flatMap((one) => one.writers)];
  const recorderOf = (name: WriterId | null) => {
    const recorder =
      name === null || own.includes(name) ? undefined : earlier.find((one) => one.writers.includes(name));
    return recorder ? { recorder: recorder.id } : {};
  };
  const numbered = () => {
    const number = numberOf(item, writers);
    return { ...number, ...recorderOf(number.writer) };
  };
  if (!isShallow(item)) return { is: 'held', writer: null, n: 0, code: 'unreadable', raw: TOO_DEEP };
  // Written out for what is held, and nearly nothing is.
  const sent = (): string => JSON.stringify(item) ?? 'undefined';
  const isLarge = (): boolean => Buffer.byteLength(sent()) > LIMITS.eventBytes + FRAME_BYTES;
  const parsed = PushItem.safeParse(item);
  if (!parsed.success) return { is: 'held', ...numbered(), code: isLarge() ? 'tooLarge' : 'unreadable', raw: sent() };
  const { was, lay, erased, event, hash } = parsed.data;
  // From what was sent, not from what was understood: members this build does not know are hashed too.
  const text = canonical(sentEvent(item));
  const isLong = Buffer.byteLength(text) > LIMITS.eventBytes;
  if ((isLong || saysMore(item)) && isLarge()) return { is: 'held', ...numbered(), code: 'tooLarge', raw: sent() };
  // What is said beside the event changes; the same event is to be kept once.
  const kept = () => ({ event: sentEvent(item), hash, ...(erased ? { erased } : {}) });
  const raw = (): string => (was === undefined && lay === undefined ? sent() : JSON.stringify(kept()));
  const isTrue = nativeSha256(text) === hash;
  // Whether that is what was left of it only the log can say.
  const isErased = !isTrue && erased === true;
  // Under another event's hash it would leave quarantine with that one.
  const about = { subject: event.subject, hash: isTrue || isErased ? hash : null };
  const held = (code: HeldCode): Incoming => ({ is: 'held', ...numbered(), code, raw: raw(), about });
  if (isLong) return held('tooLarge');
  if (!writers.includes(event.writer)) {
    const whose = isTrue || isErased ? { writer: event.writer, hash } : undefined;
    return { is: 'held', writer: null, n: event.n, code: 'foreignWriter', raw: raw(), about, whose };
  }
  if (!isTrue && !isErased) return held('badHash');
  if (!isKind(event.kind) || CATALOG[event.kind].v !== event.v) return held('unknownKind');
  const draft = understood(event);
  if (!draft || !event.subject.startsWith(`${CATALOG[event.kind].subject}:`)) return held('badData');
  const beside = { ...(isErased ? { erased: true } : {}), ...recorderOf(event.writer) };
  return { is: 'event', event, draft, text, hash, raw, was, lay, ...beside };
}

/** Than an event and its hash, which together are hardly longer than its text. */
const saysMore = (item: unknown): boolean => isRecord(item) && Object.keys(item).length > 2;

/** Room for the hashes and the names around an event. */
const FRAME_BYTES = 512;
const DEEPEST = 40;
const TOO_DEEP = '"nested deeper than any event"';

/** Hostile nesting would overflow the stack of whatever walks it; no writer of ours could have hashed it either. */
function isShallow(item: unknown, left = DEEPEST): boolean {
  if (!isRecord(item)) return left > 0;
  return left > 0 && Object.values(item).every((value) => isShallow(value, left - 1));
}

/** Which number of which own writer a broken item says it is, so that it counts as received (I11). */
function numberOf(item: unknown, writers: readonly WriterId[]): { writer: WriterId | null; n: number } {
  const event: unknown = isRecord(item) ? item['event'] : null;
  const name = isRecord(event) ? writers.find((writer) => writer === event['writer']) : undefined;
  const n = isRecord(event) ? Envelope.shape.n.safeParse(event['n']) : null;
  return { writer: name ?? null, n: n?.success ? n.data : 0 };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const sentEvent = (item: unknown): Json => (isRecord(item) && isJson(item['event']) ? item['event'] : null);

/** What JSON.parse gave is JSON; only the compiler has to be told. */
const isJson = (value: unknown): value is Json => value !== undefined;
