/** `p50 12, p99 80, max 95` of these numbers; empty: `none`. */
export function spread(values: readonly number[], unit = 'ms'): string {
  if (values.length === 0) return 'none';
  const sorted = values.toSorted((a, b) => a - b);
  return `p50 ${round(quantile(sorted, 0.5))}, p99 ${round(quantile(sorted, 0.99))}, max ${round(sorted.at(-1) ?? 0)} ${unit} (${values.length})`;
}

/** The first value that more than this share lies at or below, of a sorted list; 0 of none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const round = (value: number): number => Math.round(value * 10) / 10;
