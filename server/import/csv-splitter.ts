/**
 * One record of a CSV file as bytes, with the number of the line it starts on (1 = first).
 * `broken`: `tooLong` (its line is longer than `bound`, in bytes) or `quoteOpen` (a quote on its line is never closed);
 * its bytes are not kept.
 */
export type RawRecord =
  | { readonly line: number; readonly broken: null; readonly bytes: Buffer }
  | { readonly line: number; readonly broken: 'tooLong'; readonly bound: number }
  | { readonly line: number; readonly broken: 'quoteOpen' };

export type Splitter = {
  /** The records that `chunk` completes. Empty lines are left out. */
  push(chunk: Buffer): RawRecord[];
  /** The records left when the file ends. */
  end(): RawRecord[];
};

/**
 * Cuts a byte stream into CSV records, never holding more than `maxBytes` and one chunk. It works on bytes, so that
 * each record is decoded strictly by itself, and one bad line (far too long, a quote left open, not UTF-8) costs that
 * line and no other. A byte order mark is dropped at the start of every record: some exports put one on each line.
 *
 *     ┌────── " at a field's start ─────┐
 *   plain                             quoted     " inside closes, "" is a quote
 *     └── newline: a record             └── over the bound, or the file ends: the line is given up, cutting goes on
 *     └── over the bound: skipped up to the newline                         on the line after it
 */
export function createSplitter(delimiter: number, maxBytes: number): Splitter {
  let held: Buffer = EMPTY;
  let from = 0;
  let at = 0;
  let line = 1;
  let linesInside = 0;
  let quoted = false;
  let fieldStart = true;
  let skipping = false;

  function scan(final: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    for (;;) {
      const found = advance(final);
      if (found === 'record') {
        take(records);
        begin(at + newlineLength(held, at), linesInside + 1);
      } else if (found === 'long' || (final && quoted)) {
        giveUp(records, found === 'long');
      } else {
        if (final) take(records);
        break;
      }
    }
    if (skipping) from = at;
    held = held.subarray(from);
    at -= from;
    from = 0;
    return records;
  }

  /** Moves `at` to the record's newline, or to where the bytes (`more`) or the bound (`long`) end. */
  function advance(final: boolean): 'record' | 'long' | 'more' {
    if (at === from && held[at] === BOM[0] && !skipping) {
      if (held.length - at < BOM.length && !final) return 'more';
      if (isBom(held, at)) at += BOM.length;
    }
    if (skipping) {
      const newline = held.indexOf(LF, at);
      at = newline === -1 ? held.length : newline;
      return newline === -1 ? 'more' : 'record';
    }
    const bound = Math.min(held.length, from + maxBytes + 1);
    for (; at < bound; at += 1) {
      const byte = held[at];
      const lookAhead = byte === QUOTE || byte === CR;
      if (lookAhead && at + 1 >= held.length && !final) return 'more';
      if (quoted) {
        if (byte === LF) linesInside += 1;
        if (byte !== QUOTE) continue;
        if (held[at + 1] === QUOTE) at += 1;
        else quoted = false;
      } else if (byte === LF || byte === CR) {
        return 'record';
      } else {
        quoted = byte === QUOTE && fieldStart;
        fieldStart = byte === delimiter;
      }
    }
    return at - from > maxBytes ? 'long' : 'more';
  }

  function take(records: RawRecord[]): void {
    if (skipping) return;
    const bytes = held.subarray(isBom(held, from) ? from + BOM.length : from, at);
    if (bytes.length > 0) records.push({ line, broken: null, bytes });
  }

  function giveUp(records: RawRecord[], long: boolean): void {
    const newline = held.indexOf(LF, from);
    const own = newline !== -1 && newline < at;
    records.push(
      quoted && (own || !long) ? { line, broken: 'quoteOpen' } : { line, broken: 'tooLong', bound: maxBytes },
    );
    if (own) {
      begin(newline + 1, 1);
    } else {
      begin(at, 0);
      skipping = true;
    }
  }

  function begin(start: number, lines: number): void {
    from = start;
    at = start;
    line += lines;
    linesInside = 0;
    quoted = false;
    fieldStart = true;
    skipping = false;
  }

  return {
    push(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      return scan(false);
    },
    end: () => scan(true),
  };
}

const EMPTY = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM = [0xef, 0xbb, 0xbf] as const;

const isBom = (bytes: Buffer, at: number): boolean => BOM.every((byte, index) => bytes[at + index] === byte);

const newlineLength = (bytes: Buffer, at: number): number => (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1);
