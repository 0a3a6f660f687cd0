import type { Fault } from './faults.ts';

type Found = { readonly seed: number; readonly was: string };

/** From before tablets were enrolled anew: with that a seed draws another plan. */
const WITHOUT_SIGNED_OUT: readonly Found[] = [
  { seed: 2, was: 'a small company in good weather' },
  { seed: 4, was: 'restored from a backup' },
  { seed: 49, was: 'another page took over in the middle of a pull from nothing (I6)' },
  { seed: 55, was: 'and what the first had gathered was forgotten, with its mark of having been taken away' },
  { seed: 24, was: 'an archived order was shown once more, made of what is held of it' },
  {
    seed: 50,
    was: 'what was tapped during a pull from nothing named the wrong history (I2); a name learned later left a gap (I11)',
  },
  { seed: 221, was: 'what waited under an earlier name was evicted, and nobody was told' },
  { seed: 239, was: 'two pages at once gave what was forked its other name, twice (I16)' },
  { seed: 263, was: 'an event that kills was asked about without pause while the outbox was full' },
  { seed: 328, was: 'what was forked stayed in quarantine although it lay in the log under its other name' },
  {
    seed: 3043,
    was: 'a page that no longer led wrote late, and the one that did never saw what there was to do (I18)',
  },
  { seed: 5005, was: 'what was delivered before a tablet was enrolled anew was taken for new (I3)' },
  { seed: 104, was: 'what the server holds counted as on its way (I25)' },
];

const WITH_SIGNED_OUT: readonly Found[] = [
  { seed: 7041, was: 'an old answer told a tablet that it was still what it had been (I22)' },
  { seed: 7047, was: 'what the log had of an archived order was shown as an order of its own' },
  { seed: 31029, was: 'evicted after the server held it, and then restored to before that' },
  {
    seed: 60032,
    was: 'who came to a tablet by a code after the backup is a stranger there, and their work waits in quarantine',
  },
  {
    seed: 60033,
    was: 'what a backup covered left one page of a tablet and stayed in the other, as an order of its own',
  },
  {
    seed: 50030,
    was: 'a forked outbox whose session had ended said it had no network, and nobody was asked to sign in',
  },
  {
    seed: 70105,
    was: 'a tablet that was enrolled anew was not told what was redacted of its earlier work, and kept the texts (I4)',
  },
  {
    seed: 50138,
    was: 'a copied tablet was let in again by a code after the backup: a stranger, as the README says',
  },
  {
    seed: 50132,
    was: 'what a stranger held under a name of its own stayed in quarantine although its copy had brought it into the log',
  },
  { seed: 200666, was: 'a search for two events that kill asked for the time before each push as well' },
  {
    seed: 200776,
    was: 'what lay in quarantine when a backup was made counted as heard after a restore from it, as it should',
  },
  { seed: 31044, was: 'what a tablet recorded as another one comes in after it was enrolled anew and restored' },
  { seed: 200922, was: 'of an order that was kept for its unsent work alone the words of others stayed (I4)' },
  {
    seed: 310594,
    was: 'a tablet that was signed out and let in again after the backup is a stranger, as the README says',
  },
  { seed: 310159, was: 'a name that could not be told at once after a restore was never told (I8)' },
  { seed: 300805, was: 'two pages began a name each after an eviction, and one asked as the other without end (I18)' },
  { seed: 300169, was: 'two copies of a signed-out tablet came in again as one, and each shut the other out' },
  { seed: 410192, was: 'a copy that was enrolled anew put the first one out, which heard of it an hour later' },
  { seed: 922037, was: 'what was no longer held was asked about without end, and nothing was pulled (I18)' },
];

/** Seeds that run on every `npm test`, each with what it goes through; one that found something says what that was. */
export const REGRESSIONS: readonly (Found & { readonly without: readonly Fault[] })[] = [
  ...WITHOUT_SIGNED_OUT.map((found) => ({ ...found, without: ['signedOut'] as const })),
  ...WITH_SIGNED_OUT.map((found) => ({ ...found, without: [] })),
];
