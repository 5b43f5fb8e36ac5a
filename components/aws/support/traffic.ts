import type { Rows } from "./row.ts";
import { annotation, loadBalancer, service, targetGroup } from "./words.ts";

const onlyTwoAttributes =
  "refuses every target group attribute but client IP preservation and proxy protocol, so AWS's default applies";

/** What each way makes of the options that say how traffic is led. Sources are in `row.ts`. */
export const traffic = {
  crossZoneLoadBalancing: {
    nodePort: loadBalancer("enableCrossZoneLoadBalancing"),
    loadBalancer: annotation("cross-zone-load-balancing-enabled"),
    loadBalancerController: annotation("attributes"),
  },
  targetGroupCrossZoneLoadBalancing: {
    nodePort: targetGroup("loadBalancingCrossZoneEnabled"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  dnsRecordClientRoutingPolicy: {
    nodePort: loadBalancer("dnsRecordClientRoutingPolicy"),
    loadBalancer: { cannot: "never sends it, so AWS's any_availability_zone applies" },
    loadBalancerController: annotation("attributes"),
  },
  targetType: {
    nodePort: targetGroup("targetType, ip with targetGroupBinding"),
    loadBalancer: { by: "nothing: targets are nodes", but: "refuses ip" },
    loadBalancerController: annotation("nlb-target-type"),
  },
  preserveClientIp: {
    nodePort: targetGroup("preserveClientIp"),
    loadBalancer: annotation("target-group-attributes"),
    loadBalancerController: annotation("target-group-attributes"),
  },
  proxyProtocolV2: {
    nodePort: targetGroup("proxyProtocolV2"),
    loadBalancer: annotation("target-group-attributes"),
    loadBalancerController: annotation("target-group-attributes"),
  },
  stickiness: {
    nodePort: targetGroup("stickiness"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  sessionAffinity: {
    nodePort: service("spec.sessionAffinity"),
    loadBalancer: service("spec.sessionAffinity", "refuses ClientIP"),
    loadBalancerController: service("spec.sessionAffinity"),
  },
  trafficDistribution: {
    nodePort: service("spec.trafficDistribution"),
    loadBalancer: service("spec.trafficDistribution"),
    loadBalancerController: service("spec.trafficDistribution"),
  },
  externalTrafficPolicy: {
    nodePort: service("spec.externalTrafficPolicy"),
    loadBalancer: service("spec.externalTrafficPolicy"),
    loadBalancerController: service("spec.externalTrafficPolicy"),
  },
  tcpIdleTimeoutSeconds: {
    nodePort: { by: "Listener: tcpIdleTimeoutSeconds" },
    loadBalancer: { cannot: "never sends it, so AWS's 350 s apply" },
    loadBalancerController: annotation("listener-attributes.TCP-<port>"),
  },
  deregistrationDelaySeconds: {
    nodePort: targetGroup("deregistrationDelay"),
    loadBalancer: { cannot: "sets no deregistration delay, so AWS's 300 s apply" },
    loadBalancerController: annotation("target-group-attributes"),
  },
  connectionTermination: {
    nodePort: targetGroup("connectionTermination"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  unhealthyConnectionTermination: {
    nodePort: targetGroup("targetHealthStates"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  unhealthyDrainingIntervalSeconds: {
    nodePort: targetGroup("targetHealthStates"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
  targetGroupHealth: {
    nodePort: targetGroup("targetGroupHealth"),
    loadBalancer: { cannot: onlyTwoAttributes },
    loadBalancerController: annotation("target-group-attributes"),
  },
} satisfies Rows;
