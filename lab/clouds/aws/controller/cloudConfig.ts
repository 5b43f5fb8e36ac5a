/** How the AWS cloud controller manager is told where it runs. */
import { clusterName } from "../../../layout.ts";
import type { Account } from "../account/account.ts";
import { awsEndpoint, region } from "../layout.ts";

/**
 * The file for `--cloud-config` of the AWS cloud controller manager v1.35.0, in its own INI dialect: sections and keys are
 * the fields of `CloudConfig` in https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go.
 *
 * Region, VPC, SubnetID and KubernetesClusterID together spare the controller the questions to the instance metadata
 * service and to EC2 by which it otherwise finds itself. Every service override needs all of its fields, even where they
 * repeat the region.
 */
export function cloudConfig(account: Account): string {
  const [first] = account.nodes;
  if (first === undefined) throw new Error("the account has no nodes: cloud.conf needs a subnet of one");
  const global = section("Global", {
    Region: region,
    VPC: account.vpcId,
    SubnetID: first.subnetId,
    KubernetesClusterID: clusterName,
  });
  const overrides = ["EC2", "Elastic Load Balancing v2"].map((service, index) =>
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
 * The controller's command line: load balancers only. Instances have their providerID and zone from the start (the lab
 * makes the Node objects), and pods of different nodes reach each other without routes of the cloud.
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
    // One controller: nobody to elect it against.
    "--leader-elect=false",
    // Its own health endpoint stays inside; it asks the API server about nobody's identity.
    "--bind-address=127.0.0.1",
    "--authentication-skip-lookup=true",
  ];
}

/**
 * The controller's environment. The AWS SDK reads more than cloud.conf, and the user's own settings must not matter: a
 * profile that is not in the files it can reach, for one, ends the controller at once.
 */
export const cloudControllerEnvironment: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  // Without it the controller asks the instance metadata service for a region, and waits for nobody's answer.
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  // Empty is as good as not set.
  AWS_PROFILE: "",
  AWS_DEFAULT_PROFILE: "",
  AWS_SESSION_TOKEN: "",
  AWS_CA_BUNDLE: "",
};

function section(name: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key} = ${value.includes(" ") ? JSON.stringify(value) : value}\n`,
  );
  return `[${name}]\n${lines.join("")}`;
}
