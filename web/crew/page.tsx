import type { ComponentChildren } from 'preact';

/** What stands in the middle, and what lies at the thumb: the one thing to do here. */
export function Page({ main, step }: { readonly main: ComponentChildren; readonly step?: ComponentChildren }) {
  return (
    <>
      <main class="page">{main}</main>
      {step !== undefined && <div class="rail">{step}</div>}
    </>
  );
}
