/** Seeds that run on every `npm test`, each with what it goes through; one that found something says what that was. */
export const REGRESSIONS: readonly { readonly seed: number; readonly was: string }[] = [
  { seed: 2, was: 'a small company in good weather' },
  { seed: 4, was: 'restored from a backup' },
];
