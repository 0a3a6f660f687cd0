import './banner.css';
import type { ComponentChildren } from 'preact';

import { Icon, type IconShape } from './icon.tsx';

export type BannerProps = {
  readonly title: string;
  /** `ink` marks a state of the whole screen (taken away, no new data), amber a thing to act on, red a loss. */
  readonly tone?: 'plain' | 'ink' | 'amber' | 'red' | undefined;
  readonly icon?: IconShape | undefined;
  /** Reasons and what comes next, in lines. */
  readonly children?: ComponentChildren;
};

/** Stays in the page until its cause has gone; nothing that matters is told by a message that fades. */
export function Banner({ title, tone = 'plain', icon, children }: BannerProps) {
  return (
    <section class={`banner is-${tone}`} role="status">
      <p class="banner-title">
        {icon !== undefined && <Icon shape={icon} />}
        <span>{title}</span>
      </p>
      {children !== undefined && <div class="banner-body">{children}</div>}
    </section>
  );
}
