/** Synchronous work with a promise outside, so that an asynchronous database can stand here too. */
export const whole = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });
