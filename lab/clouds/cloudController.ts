/** What the cloud controller managers of all clouds have in common: their command line, and the dialect of their files. */
import { clusterName } from "../layout.ts";

/**
 * The controller's command line, for load balancers only. Nodes register with their providerID and zone, and pods of different nodes reach each other without
 * routes of the cloud.
 */
export function cloudControllerFlags(
  provider: string,
  files: {
    readonly kubeconfig: string;
    readonly cloudConfig: string;
  },
): string[] {
  return [
    `--cloud-provider=${provider}`,
    `--cloud-config=${files.cloudConfig}`,
    `--cluster-name=${clusterName}`,
    "--controllers=service-lb-controller",
    "--configure-cloud-routes=false",
    `--kubeconfig=${files.kubeconfig}`,
    // A single instance needs no election.
    "--leader-elect=false",
    // Its health endpoint stays inside the lab and authenticates no one.
    "--bind-address=127.0.0.1",
    "--authentication-skip-lookup=true",
  ];
}

/** Of the file for `--cloud-config`. */
export function section(name: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key} = ${value.includes(" ") ? JSON.stringify(value) : value}\n`,
  );
  return `[${name}]\n${lines.join("")}`;
}
