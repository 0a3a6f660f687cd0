/** How many records a store holds, of all or of one key, asked without the code under test. */
export function countRecords(name: string, store: string, key?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.addEventListener('error', () => reject(new Error('it does not open')));
    opening.addEventListener('success', () => {
      const asking = opening.result.transaction(store).objectStore(store).count(key);
      asking.addEventListener('success', () => {
        opening.result.close();
        resolve(asking.result);
      });
    });
  });
}
