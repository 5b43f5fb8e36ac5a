/** Configurations of the controller that what it made gives away. Each is tried where the usual one does not fit. */
import type { Variant } from "../../cloud.ts";
import type { LoadBalancerFacts } from "../../../model/loadBalancer.ts";
import type { AwsClusterFacts, NlbFacts } from "../model.ts";
import { defaultConfiguration, settingsOf } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { securityGroupMode } from "./configurationFile/keys.ts";
import { sharedProbeIn } from "./healthCheck.ts";
import { predict } from "./predict.ts";
import { minorOf } from "./releases.ts";
import { whyNone } from "./whyNone.ts";

/**
 * @param given the configuration, if it is known. What remains open then is how the controller was configured when it made the load balancer, which keeps the
 * security groups that it got: aws.go (ensureNLBSecurityGroup).
 */
export function variantsFor(found: LoadBalancerFacts, given: Configuration | undefined): readonly Variant[] {
  if (given !== undefined) {
    const then = { ...given, managesSecurityGroups: !given.managesSecurityGroups };
    const mode = then.managesSecurityGroups ? `${securityGroupMode}=Managed` : `no ${securityGroupMode}`;
    return [variant(`${mode} when it made the load balancer`, then)];
  }
  const balancer = found as NlbFacts;
  const sharedHealthProbe = sharedProbeIn(balancer.pools);
  return combinations([
    ...(sharedHealthProbe === undefined ? [] : [{ sharedHealthProbe }]),
    ...(balancer.securityGroups.length === 0 ? [] : [{ managesSecurityGroups: true }]),
    { opensNodes: false },
  ]).flatMap((changes) => {
    const configuration = changes.reduce<Configuration>(
      (before, change) => ({ ...before, ...change }),
      defaultConfiguration,
    );
    const settings = settingsOf(configuration);
    return settings === undefined ? [] : [variant(settings, configuration)];
  });
}

/** The default configuration, supposed. */
export const byDefault = variant("its default configuration", defaultConfiguration);

function variant(settings: string, configuration: Configuration): Variant {
  return {
    settings,
    predict: (service, cluster, existing) =>
      predict(service, cluster as AwsClusterFacts, existing as NlbFacts | undefined, configuration),
    whyNone: (service, cluster, version = cluster?.kubernetesVersion) =>
      whyNone(service, cluster as AwsClusterFacts | undefined, minorOf(version), configuration),
  };
}

/** Fewer changes come first. */
function combinations<T>(items: readonly T[]): T[][] {
  const all = items.reduce<T[][]>(
    (before, item) => [...before, ...before.map((each) => [...each, item])],
    [[]],
  );
  return all.sort((a, b) => a.length - b.length);
}
