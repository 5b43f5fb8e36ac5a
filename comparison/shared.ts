/**
 * A look-up that is made once for all who ask while it is under way: many load balancers are often waited for at the same time. An answer may be as old as the
 * look-up takes.
 */
export function shared<T>(lookUp: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () =>
    (underWay ??= lookUp().finally(() => {
      underWay = undefined;
    }));
}
