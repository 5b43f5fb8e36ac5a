/** A load balancer of Octavia before it is made, in a few rows. What Octavia and the controller set by default is left out. */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import { counted } from "../../../difference/inWords.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Made, ShownValue } from "../../manifests.ts";
import type { OctaviaFacts, OctaviaListenerFacts, OctaviaPoolFacts, OpenStack, RuleFacts } from "../model.ts";

export function values(service: ServiceFacts, { loadBalancer, firewall }: Made<OpenStack>): ShownValue[] {
  const { listeners, pools } = loadBalancer;
  const rules = [...new Set(firewall.nodes.map((rule) => ruleText(rule, service)))].sort().join("\n");
  return [
    ...loadBalancerValues(loadBalancer),
    ...listeners.flatMap((listener) =>
      pools
        .filter(({ identity }) => listener.forwardsTo.includes(identity.id))
        .flatMap((pool) => listenerValues(listener, pool, service)),
    ),
    ...rows("firewall", "rules on the nodes", rules),
  ];
}

function loadBalancerValues(facts: OctaviaFacts): ShownValue[] {
  const { scheme, provider, vipSubnet, floatingNetwork, flavor, availabilityZone } = facts;
  const section = "load balancer";
  const floating = floatingNetwork === "none" ? "no floating IP" : `a floating IP of ${floatingNetwork}`;
  return [
    {
      section,
      title: "Octavia load balancer",
      value: `${scheme}, by ${provider}, in ${vipSubnet}, ${floating}`,
    },
    ...rows(section, "flavor", flavor === "default" ? "" : flavor),
    ...rows(section, "availability zone", availabilityZone === "default" ? "" : availabilityZone),
  ];
}

function listenerValues(
  listener: OctaviaListenerFacts,
  pool: OctaviaPoolFacts,
  service: ServiceFacts,
): ShownValue[] {
  const section = "listeners";
  const title = `${listener.protocol} ${listener.port}`;
  const forwards = (port: string): string =>
    [
      `to ${port} by ${pool.protocol}, ${counted(pool.members.length, "member")}, ${pool.lbMethod}`,
      ...(pool.sessionPersistence === "none" ? [] : [`persistence by ${pool.sessionPersistence}`]),
    ].join(", ");
  const { healthCheck: check } = pool;
  return [
    {
      section,
      title,
      value: forwards(portText(pool.port, service)),
      compared: forwards(roleOf(pool.port, service)),
    },
    {
      section,
      title: `${title}: who may connect`,
      value: listener.allowedCidrs.join(", "),
    },
    {
      section,
      title: `${title}: health monitor`,
      value: checkText(check, portText(check.port, service)),
      compared: checkText(check, roleOf(check.port, service)),
    },
    ...rows(section, `${title}: limits`, limits(listener)),
    ...rows(section, `${title}: headers`, Object.keys(listener.insertHeaders).join(", ")),
  ];
}

const ownLimits = {
  clientData: octaviaDefaults.timeouts.clientDataMilliseconds,
  memberConnect: octaviaDefaults.timeouts.memberConnectMilliseconds,
  memberData: octaviaDefaults.timeouts.memberDataMilliseconds,
  tcpInspect: octaviaDefaults.timeouts.tcpInspectMilliseconds,
} as const satisfies OctaviaListenerFacts["timeouts"];

function limits({ connectionLimit, timeouts }: OctaviaListenerFacts): string {
  const names = Object.keys(ownLimits) as (keyof typeof ownLimits)[];
  return [
    ...(connectionLimit === octaviaDefaults.connectionLimit
      ? []
      : [`at most ${connectionLimit} connections`]),
    ...names
      .filter((name) => timeouts[name] !== ownLimits[name])
      .map((name) => `time-out ${name} ${timeouts[name]} ms`),
  ].join(", ");
}

function checkText(check: HealthCheckFacts, where: string): string {
  if (!check.enabled) return "none";
  const asks = [check.protocol, check.path ?? ""].filter((each) => each !== "").join(" ");
  return `${asks} at ${where}, every ${check.intervalSeconds} s, time-out ${check.timeoutSeconds} s, ONLINE after ${check.healthyThresholdCount}, ERROR after ${check.unhealthyThresholdCount}`;
}

/** The port's role: two Services never have the same number. */
function roleOf(port: HealthCheckFacts["port"] | NodePort, { healthCheckNodePort }: ServiceFacts): string {
  return port === healthCheckNodePort ? "the healthCheckNodePort" : "the node port";
}

/** With the number, once it is allocated. */
function portText(port: HealthCheckFacts["port"] | NodePort, service: ServiceFacts): string {
  const role = roleOf(port, service);
  return typeof port === "number" ? `${role} ${port}`.replace("the node", "node") : role;
}

function ruleText({ protocol, fromPort, source }: RuleFacts, service: ServiceFacts): string {
  return `${protocol} to ${portText(fromPort, service)} from ${source}`;
}

/** A row if there is something to show. */
function rows(section: string, title: string, value: string): ShownValue[] {
  return value === "" ? [] : [{ section, title, value }];
}
