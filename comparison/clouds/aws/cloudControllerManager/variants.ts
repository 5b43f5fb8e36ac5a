/**
 * Configurations of the controller that what it made gives away. Each is tried where the default one does not fit.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go (CloudConfig)
 */
import type { Variant } from "../../cloud.ts";
import type { AwsClusterFacts } from "../model.ts";
import { defaultConfiguration } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { predict } from "./predict.ts";

/** The port and path are those of the keys ClusterServiceSharedLoadBalancerHealthProbePort and -Path by default: aws_loadbalancer.go. */
const sharedProbe: readonly [settings: string, change: Partial<Configuration>] = [
  "ClusterServiceLoadBalancerHealthProbeMode=Shared",
  { sharedHealthProbe: { port: 10256, path: "/healthz" } },
];

const noRules: typeof sharedProbe = ["DisableSecurityGroupIngress=true", { opensNodes: false }];

export const variants: readonly Variant[] = [[sharedProbe], [noRules], [sharedProbe, noRules]].map(
  (changes): Variant => {
    const configuration = changes.reduce<Configuration>(
      (before, [, change]) => ({ ...before, ...change }),
      defaultConfiguration,
    );
    return {
      settings: changes.map(([settings]) => settings).join(", "),
      predict: (service, cluster, exists) =>
        predict(service, cluster as AwsClusterFacts, exists, configuration),
    };
  },
);
