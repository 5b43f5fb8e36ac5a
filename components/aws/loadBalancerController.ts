/**
 * How the AWS Load Balancer Controller is told to make the load balancer that the options describe, and what it cannot make.
 * Source: kubernetes-sigs/aws-load-balancer-controller v3.2.2, https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
import { defaults } from "../core/defaults.ts";
import { healthCheckNodePortProblems } from "../core/healthCheckService.ts";
import type { Problem } from "../core/validation.ts";
import { partnerOf } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { checkOfLoadBalancerController, loadBalancerControllerCheckProblems } from "./checkRestrictions.ts";
import {
  elbv2ListenerAttributes,
  elbv2LoadBalancerAttributes,
  elbv2TargetGroupAttributes,
} from "./elbv2Attributes.ts";
import { givenCheckOf } from "./healthCheck.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { networkLoadBalancerProblems } from "./optionProblems.ts";
import type { HealthCheck, NetworkLoadBalancerOptions } from "./options.ts";
import { ownGroupQuotaProblems } from "./quotas.ts";
import { unwritableTagsProblems } from "./tags.ts";
import type { TagWriter } from "./tags.ts";
import { tlsAnnotations } from "./tlsAnnotations.ts";
import { loadBalancerControllerTlsProblems } from "./tlsProblems.ts";
import { clientsOf, countedRules, sourcesPath } from "./ruleSources.ts";
import { unsupportedProblems } from "./unsupported.ts";
import { policyOfChecks, unallocatedProblems } from "./targetType.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/** The class that makes the Service the controller's, whatever its annotations are. pkg/config/service_config.go (defaultLoadBalancerClass) */
export const loadBalancerClass = "service.k8s.aws/nlb";

/**
 * What is not set would have the controller's defaults where they are others than the two ways' own: an internal load balancer, and a check every 10 s. An
 * attribute that is not set any longer stays as it is.
 *
 * Path MTU discovery cannot be let in: the annotation for it opens ICMP of type 2 and code 3 (pkg/shared_constants/icmp.go), and what is needed is type 3, code 4.
 *
 * @param ports all with the same check
 */
export function loadBalancerControllerAnnotations(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Record<string, string> {
  const { scheme, subnetIds, eipAllocationIds, privateIpv4Addresses, loadBalancerName, tags = {} } = options;
  const [first] = ports;
  const both = ports.some((port) => partnerOf(port, ports) !== undefined);
  const ofListeners = ports
    .filter(
      (port) => port.protocol !== "UDP" && port.tls === undefined && partnerOf(port, ports) === undefined,
    )
    .map(
      ({ port }) =>
        [`${prefix}-listener-attributes.TCP-${port}`, pairs(elbv2ListenerAttributes(options))] as const,
    );
  return withoutUndefined({
    [`${prefix}-scheme`]: scheme ?? defaults.scheme,
    [`${prefix}-name`]: loadBalancerName,
    [`${prefix}-ip-address-type`]: options.ipAddressType,
    [`${prefix}-nlb-target-type`]: options.targetType,
    [`${prefix}-subnets`]: subnetIds?.join(","),
    [`${prefix}-eip-allocations`]: eipAllocationIds?.join(","),
    [`${prefix}-private-ipv4-addresses`]: privateIpv4Addresses?.join(","),
    ...groupAnnotations(options),
    ...tlsAnnotations(ports),
    [`${prefix}-attributes`]: pairs(elbv2LoadBalancerAttributes(options)),
    [`${prefix}-target-group-attributes`]: pairs(elbv2TargetGroupAttributes(options)),
    ...Object.fromEntries(ofListeners),
    [`${prefix}-additional-resource-tags`]: pairs(tags),
    // Without it, TCP and UDP on one number get one listener, for the first of them.
    [`${prefix}-enable-tcp-udp-listener`]: both ? "true" : undefined,
    ...healthCheckAnnotations(first === undefined ? {} : givenCheckOf(first, ports, options), options),
  });
}

/** By default it makes groups itself, and opens the nodes. For given groups it does only what it is told. model_build_load_balancer.go (buildLoadBalancerSecurityGroups) */
function groupAnnotations({
  securityGroups,
  sourcePrefixLists,
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced,
}: NetworkLoadBalancerOptions): Record<string, string | undefined> {
  const given = securityGroups === "own" ? undefined : securityGroups?.join(",");
  return {
    [`${prefix}-security-group-prefix-lists`]: sourcePrefixLists?.map(({ id }) => id).join(","),
    [`${prefix}-security-groups`]: given,
    [`${prefix}-manage-backend-security-group-rules`]: given && "true",
    [`${prefix}-inbound-sg-rules-on-private-link-traffic`]: enforced,
  };
}

/** A list for the controller's parser, in which a backslash keeps a comma in a value. pkg/annotations/parser.go (splitKeyValuePairs) */
function pairs(values: Readonly<Record<string, string>>): string | undefined {
  const items = Object.entries(values).map(([key, value]) => `${key}=${value.replaceAll(/[\\,]/g, "\\$&")}`);
  return items.length === 0 ? undefined : items.join(",");
}

/** For nodes under the policy Local, the controller checks the Service's healthCheckNodePort by HTTP, as the AWS cloud controller manager does. */
function healthCheckAnnotations(
  check: HealthCheck,
  options: NetworkLoadBalancerOptions,
): Record<string, string | undefined> {
  const resolved = checkOfLoadBalancerController(check, policyOfChecks(options));
  return {
    [`${prefix}-healthcheck-protocol`]: check.protocol,
    [`${prefix}-healthcheck-port`]: check.port?.toString(),
    [`${prefix}-healthcheck-path`]: check.path,
    [`${prefix}-healthcheck-success-codes`]: check.matcher,
    [`${prefix}-healthcheck-interval`]: String(resolved.intervalSeconds),
    [`${prefix}-healthcheck-timeout`]: String(resolved.timeoutSeconds),
    [`${prefix}-healthcheck-healthy-threshold`]: String(resolved.healthyThresholdCount),
    [`${prefix}-healthcheck-unhealthy-threshold`]: String(resolved.unhealthyThresholdCount),
  };
}

/** pkg/annotations/parser.go (ParseStringMapAnnotation): a value may have an equals sign. pkg/deploy/tracking/provider.go: its own tags */
const writer: TagWriter = {
  title: "the AWS Load Balancer Controller",
  ownTags: 3,
  isOwn: (key) =>
    ["elbv2.k8s.aws/cluster", "service.k8s.aws/stack", "service.k8s.aws/resource"].includes(key),
  dropsBlanks: "around keys and values",
  allowsEqualsSign: true,
};

/** Everything that is wrong with the options of a LoadBalancerExposure whose load balancer the AWS Load Balancer Controller makes. */
export function loadBalancerControllerProblems(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
): Problem[] {
  return [
    ...networkLoadBalancerProblems(options, ports),
    ...healthCheckNodePortProblems(options),
    ...loadBalancerControllerCheckProblems(options, ports),
    ...loadBalancerControllerTlsProblems(ports),
    ...unallocatedProblems(options),
    ...unwritableTagsProblems(options.tags, writer),
    ...ownGroupQuotaProblems(
      {
        propertyPath: sourcesPath(options),
        rules: countedRules(clientsOf(options).map((source) => ({ source }))) * ports.length,
        others: 0,
      },
      options.quotas,
    ),
    ...unsupportedProblems(options, "loadBalancerController"),
  ];
}
