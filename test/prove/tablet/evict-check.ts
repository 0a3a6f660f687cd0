/**
 * What a tablet threw away, as it went. `made`: kinds of events that were shown as saved and never sent; `arrived`: those of
 * them in the centre's log afterwards; `says`: what the tablet shows about it; `offline`: what it shows before there is signal.
 */
export type Evicted = {
  readonly way: 'cache' | 'outbox' | 'databases' | 'databases and files' | 'everything' | 'everything with its cookie';
  readonly made: readonly string[];
  readonly arrived: readonly string[];
  readonly says: string;
  readonly offline: 'the orders' | 'the enrol page' | 'nothing';
};

/**
 * What was silently dropped or doubled, in sentences; empty: nothing was. With its cookie gone a browser is nobody's: that it
 * has to be enrolled is all it can know.
 */
export function wrongAfter({ way, made, arrived, says, offline }: Evicted): readonly string[] {
  const missing = made.filter((kind) => !arrived.includes(kind));
  const doubled = arrived.length - new Set(arrived).size;
  // The browser writes what names them to its disk a little later than the work itself: fewer may be known than there were.
  const named = Number(says.match(/至少少了 (\d+) 件/)?.[1] ?? 0);
  const told =
    way === 'everything with its cookie'
      ? says.includes('登记这台平板')
      : // Once everything is gone, what names it is gone too; and it may never have come to the disk.
        says.includes('清空过本机') || (way !== 'everything' && named > 0 && named <= missing.length);
  return [
    ...(doubled > 0 ? [`${way}: ${doubled} arrived twice`] : []),
    ...(missing.length > 0 && !told ? [`${way}: ${missing.join(', ')} dropped, and it says "${says}"`] : []),
    // One copy of two is left: nothing may be missing.
    ...(missing.length > 0 && ['cache', 'outbox', 'databases'].includes(way)
      ? [`${way}: ${missing.join(', ')} were still there and did not arrive`]
      : []),
    ...(offline !== 'the orders' && ['cache', 'outbox', 'databases'].includes(way)
      ? [`${way}: without signal it shows ${offline}`]
      : []),
  ];
}
