/** Runs long questions one after another; whoever asks what is being asked already gets the same answer. */
export function createOneAtATime<A>(): (question: string, work: () => Promise<A>) => Promise<A> {
  const open = new Map<string, Promise<A>>();
  let last: Promise<unknown> = Promise.resolve();
  return (question, work) => {
    const same = open.get(question);
    if (same) return same;
    const answer = last.then(work).finally(() => open.delete(question));
    open.set(question, answer);
    last = answer.catch(() => undefined);
    return answer;
  };
}
