/** Why a Service has no Network Load Balancer of the controller, as far as its configuration is known. */
import type { ServiceFacts } from "../../../model/service.ts";
import { refusedInWords } from "../../cloud.ts";
import type { AwsClusterFacts } from "../model.ts";
import { refusedFor } from "../../refusing.ts";
import { defaultConfiguration, defaultProbe, settingsOf } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { withoutNetworkLoadBalancer } from "./predict.ts";
import { networkReasons } from "./refusals/index.ts";
import { asConfigured } from "./releases.ts";
import type { Minor } from "./releases.ts";

/** Each setting that decides on refusals. */
const others: readonly Configuration[] = [
  { ...defaultConfiguration, managesSecurityGroups: true },
  { ...defaultConfiguration, opensNodes: false },
  { ...defaultConfiguration, sharedHealthProbe: defaultProbe },
];

const notKnown = "which is not known: --controller-config names its configuration";

/**
 * It does not claim the Service, or refuses it. Undefined if it makes a load balancer.
 * @param cluster undefined if it is not known; what depends on it is then no reason
 * @param minor the controller's minor release
 * @param given undefined if its configuration is not known: the reason then says where it depends on it
 */
export function whyNone(
  service: ServiceFacts,
  cluster: AwsClusterFacts | undefined,
  minor: Minor,
  given: Configuration | undefined,
): string | undefined {
  const reason = reasonWith(given ?? defaultConfiguration, service, cluster, minor);
  if (reason === undefined || given !== undefined) return reason;
  const unless = others.filter((other) => reasonWith(other, service, cluster, minor) !== reason);
  const settings = unless.flatMap((other) => settingsOf(other) ?? []);
  return settings.length === 0
    ? reason
    : `${reason}; this depends on whether the controller is configured with ${settings.join(" or ")}, ${notKnown}`;
}

/** Why it refuses the Service if it has another configuration than the default one; undefined if none of them is a reason, or its configuration is known. */
export function whyPerhapsNone(
  service: ServiceFacts,
  cluster: AwsClusterFacts | undefined,
  minor: Minor,
  given: Configuration | undefined,
): string | undefined {
  if (given !== undefined) return undefined;
  const [perhaps] = others.flatMap((other) => {
    const reason = reasonWith(other, service, cluster, minor);
    return reason === undefined ? [] : [{ reason, settings: settingsOf(other) ?? "" }];
  });
  return perhaps === undefined
    ? undefined
    : `${perhaps.reason}; so if the controller is configured with ${perhaps.settings}, ${notKnown}`;
}

function reasonWith(
  configuration: Configuration,
  service: ServiceFacts,
  cluster: AwsClusterFacts | undefined,
  minor: Minor,
): string | undefined {
  const settings = asConfigured(configuration, minor);
  const context = { service, cluster, configuration: settings, minor, existing: undefined };
  const none = withoutNetworkLoadBalancer(context);
  if (none !== undefined) return none.kind === "refused" ? refusedInWords(none) : none.reason;
  const refused = refusedFor(networkReasons(context));
  return refused === undefined ? undefined : refusedInWords(refused);
}
