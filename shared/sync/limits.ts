/** Everything on the wire is bounded in bytes and count (I17). */
export const LIMITS = {
  /** Canonical text of one event, UTF-8 bytes. */
  eventBytes: 16 * 1024,
  /** Events and bytes (before compression) a client puts into one push. */
  pushEvents: 200,
  pushBytes: 256 * 1024,
  /** What the server takes at most in one request, events and inflated bytes. */
  requestEvents: 1_000,
  requestBytes: 1024 * 1024,
  /** Events and bytes of one page of a pull. */
  pageEvents: 2_000,
  pageBytes: 512 * 1024,
  /** Clock readings a client sends with one push. */
  chainPoints: 600,
  /** Subjects a client names at once when its sum of the scope differs. */
  heads: 500,
  /** Names it wrote under before that a client tells of. */
  earlierNames: 50,
  /** Ranges of missing numbers named in one answer. */
  needRanges: 50,
  /** Milliseconds a client waits for an answer; nothing it builds is older than this when it arrives. */
  requestMs: 60_000,
  /** Milliseconds between attempts at most (I18). */
  backoffCeilingMs: 300_000,
} as const;
