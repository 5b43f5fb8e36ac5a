/** The configuration of the AWS cloud controller manager. */
import { clusterName } from "../../../layout.ts";
import type { Account } from "../account/account.ts";
import { awsEndpoint, region } from "../layout.ts";

/** The AWS services that the controller calls for load balancers, by the SDK's service ids. The one without a version has Classic Load Balancers. */
const services = ["EC2", "Elastic Load Balancing", "Elastic Load Balancing v2"];

/**
 * The file for `--cloud-config` of the AWS cloud controller manager v1.35.0, in its own INI dialect. Sections and keys are the fields of `CloudConfig` in https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go.
 *
 * Region, VPC, SubnetID and KubernetesClusterID together spare the controller the calls to the instance metadata service and EC2 by which it would otherwise
 * locate itself. Every service override needs all of its fields, even those that repeat the region.
 */
export function cloudConfig(account: Pick<Account, "vpcId" | "nodes">): string {
  const [first] = account.nodes;
  if (first === undefined) throw new Error("the account has no nodes: cloud.conf needs the subnet of a node");
  const global = section("Global", {
    Region: region,
    VPC: account.vpcId,
    SubnetID: first.subnetId,
    KubernetesClusterID: clusterName,
  });
  const overrides = services.map((service, index) =>
    section(`ServiceOverride "${index + 1}"`, {
      Service: service,
      Region: region,
      URL: awsEndpoint,
      SigningRegion: region,
    }),
  );
  return [global, ...overrides].join("\n");
}

/**
 * The controller's command line, for load balancers only. Nodes register with their providerID and zone, and pods of different nodes reach each other without
 * routes of the cloud.
 */
export function cloudControllerFlags(files: {
  readonly kubeconfig: string;
  readonly cloudConfig: string;
}): string[] {
  return [
    "--cloud-provider=aws",
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

function section(name: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key} = ${value.includes(" ") ? JSON.stringify(value) : value}\n`,
  );
  return `[${name}]\n${lines.join("")}`;
}
