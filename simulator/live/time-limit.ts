/** Waits for `work`, but not longer than `ms`. True when it succeeded in time; its failure is not thrown. */
export async function succeedsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const hasSucceeded = await Promise.race([done, late]);
  clearTimeout(timer);
  return hasSucceeded;
}
