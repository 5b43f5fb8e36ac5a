/** The configuration of the AWS cloud controller manager. */
import { clusterName } from "../../../layout.ts";
import type { Account } from "../account/account.ts";
import { section } from "../../cloudController.ts";
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
