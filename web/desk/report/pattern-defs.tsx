/** The fills of the parts for drawings, the same as those of bars. `id` keeps those of two drawings apart. */
export const PatternDefs = ({ id }: { readonly id: string }) => (
  <defs>
    <pattern id={`${id}-met`} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="fill-met" width="6" height="6" />
    </pattern>
    <pattern id={`${id}-running`} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="fill-surface" width="6" height="6" />
    </pattern>
    <pattern id={`${id}-ended`} width="5" height="5" patternUnits="userSpaceOnUse">
      <rect class="fill-surface" width="5" height="5" />
      <circle class="fill-neutral" cx="2" cy="2" r="0.8" />
    </pattern>
    <pattern id={`${id}-unknownClock`} width="4" height="4" patternUnits="userSpaceOnUse">
      <rect class="fill-unknown" width="4" height="4" />
      <rect class="fill-unknown-line" width="4" height="1" />
    </pattern>
    <pattern
      id={`${id}-unknownSilent`}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect class="fill-unknown" width="6" height="6" />
      <rect class="fill-unknown-line" width="2" height="6" />
    </pattern>
    <pattern
      id={`${id}-missedNoEvidence`}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(-45)"
    >
      <rect class="fill-surface" width="6" height="6" />
      <rect class="fill-missed" width="2" height="6" />
    </pattern>
    <pattern id={`${id}-missed`} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="fill-missed" width="6" height="6" />
    </pattern>
  </defs>
);
