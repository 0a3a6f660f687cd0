/** What a telephone can dial; null for a number that is masked or only half there: dialling that calls a stranger. */
export function dialledOf(phone: string): string | null {
  const bare = phone.replaceAll(/[\s()-]/g, '');
  return /^\+?\d{3,15}$/.test(bare) ? bare : null;
}
