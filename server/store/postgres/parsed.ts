/** What our own JSON text says; only what was checked before lies in the database. */
export function parsed<T>(text: string): T {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- it was a T when it was written
  return JSON.parse(text) as T;
}
