/** The version of the AWS Load Balancer Controller that the model describes: v3.2.2 and the commits after it up to this one. */

export const version = "v3.2.2, commit 93ff3b5fdaad";

/** @param file with its path in the repository @param functions its functions that decide */
export function upstream(file: string, ...functions: readonly string[]): string {
  const address = `https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/${file}`;
  return functions.length === 0 ? address : `${address} (${functions.join(", ")})`;
}
