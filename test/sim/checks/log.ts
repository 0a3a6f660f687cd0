import { createHash } from 'node:crypto';

import type { Check, IndexedLog } from './indexed.ts';
import { lineId } from './indexed.ts';
import { redactedIn } from './redacted.ts';

/** C3: positions are 1, 2, 3 …; every text is what was hashed, every hash is chained; no number twice; a restore keeps its part. */
export const logIsWhole: Check = (history) =>
  history.indexed.flatMap((log, index) => {
    const from = history.logs[index]?.from;
    const before = from ? history.indexed[from.log] : undefined;
    return [...wrongLines(log), ...(from && before ? otherPast(log, before, from.q) : [])].map(
      (says) => `log ${index}: ${says}`,
    );
  });

function wrongLines({ lines, byId }: IndexedLog): readonly string[] {
  const leaves = redactedIn(lines);
  let chain = '0'.repeat(16);
  const wrong = lines.flatMap((line, index) => {
    chain = sha256(`${chain}|${lineId(line)}|${line.hash}`).slice(0, 16);
    const at = `position ${line.q}`;
    if (line.q !== index + 1) return [`${at} stands at place ${index + 1}`];
    const found = sha256(line.text);
    if (found !== line.hash && found !== leaves.get(lineId(line))) return [`${at} is not what was hashed`];
    return line.chain === chain ? [] : [`${at} is not chained to what lies before it`];
  });
  return byId.size === lines.length ? wrong : [...wrong, 'an id is there twice'];
}

const otherPast = (log: IndexedLog, before: IndexedLog, q: number): readonly string[] =>
  log.lines[q - 1]?.chain === before.lines[q - 1]?.chain ? [] : [`it does not begin with what was backed up at ${q}`];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
