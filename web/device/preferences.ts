/**
 * What a person chose on this device (language, theme …), a word under a name. Where the browser keeps nothing,
 * the choice holds until the page is left.
 */
export const preferences = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`relight.${name}`);
    } catch {
      // Site data is blocked: there is nothing to read.
      return null;
    }
  },
  keep(name: string, value: string): void {
    try {
      localStorage.setItem(`relight.${name}`, value);
    } catch {
      // Blocked or full: a choice of looks is no record, it may be made again.
    }
  },
};
