import './strip.css';

export type StripTone = 'plain' | 'amber' | 'red';

export type StripProps = {
  /** What the sync engine knows: "待发 3 · 无信号 42 分". */
  readonly text: string;
  /** Who and when, at the left: "抢修3班 14:55". */
  readonly start?: string | undefined;
  /** Being offline is plain: only what a person must act on has a border. */
  readonly tone?: StripTone | undefined;
  readonly onTap?: (() => void) | undefined;
  readonly action?: { readonly label: string; readonly onTap: () => void } | undefined;
};

/** One line at the top of every screen, always in the same place. */
export function Strip({ text, start, tone = 'plain', onTap, action }: StripProps) {
  const line = (
    <>
      {start !== undefined && <span class="strip-start tabular">{start}</span>}
      <span class="strip-text" role="status">
        {text}
      </span>
    </>
  );
  return (
    <header class={`strip is-${tone}`}>
      {onTap === undefined ? (
        <div class="strip-line">{line}</div>
      ) : (
        <button type="button" class="strip-line" onClick={onTap}>
          {line}
        </button>
      )}
      {action !== undefined && (
        <button type="button" class="strip-action" onClick={action.onTap}>
          {action.label}
        </button>
      )}
    </header>
  );
}
