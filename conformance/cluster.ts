/** The cluster that specs run on, through kubectl on the host. */
import { join } from "node:path";
import { run } from "../lab/tools/command.ts";

export interface Cluster {
  /** The directory of kubectl. */
  readonly bin: string;
  readonly kubeconfig: string;
}

/** @param input an object for `--filename=-` */
export const kubectl = (
  { bin, kubeconfig }: Cluster,
  args: readonly string[],
  input?: object,
): Promise<string> =>
  run(join(bin, "kubectl"), ["--kubeconfig", kubeconfig, ...args], {
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
