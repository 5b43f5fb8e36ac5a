/** The APIs of Octavia and Neutron as a source of facts. */
import { factsIn } from "../../../model/sourceResult.ts";
import { given } from "../../../sources/asking.ts";
import type { Ask } from "../../../sources/asking.ts";
import { byText } from "../../../sources/order.ts";
import type { Cloud } from "../../cloud.ts";
import type { CloudReader, CloudReading } from "../../reader.ts";
import { findCredentials } from "../api/credentials.ts";
import { readInventory } from "../api/objects.ts";
import type { Inventory } from "../api/objects.ts";
import { OpenStackApi, OpenStackError } from "../api/session.ts";
import type { OctaviaFacts, OpenStackClusterFacts } from "../model.ts";
import { chooseLoadBalancer } from "./choice.ts";
import { clusterNameFrom } from "./clusterName.ts";
import { firewallFacts } from "./firewall.ts";
import { loadBalancerFacts } from "./loadBalancer.ts";
import { readNodeNetwork } from "./network.ts";
import type { NodeNetwork } from "./network.ts";

/** @param environment beside that of this process */
export function openstackReader(
  cloud: Cloud,
  environment: Readonly<Record<string, string>> = {},
): CloudReader {
  return readerOf(cloud, () => new OpenStackApi(findCredentials({ ...process.env, ...environment })));
}

/** @param connect is asked once, when the first answer is needed. @throws PlainReason without credentials */
export function readerOf(cloud: Cloud, connect: () => OpenStackApi): CloudReader {
  let api: OpenStackApi | undefined;
  return {
    cloud,
    // Octavia gives no names.
    namesArePublic: false,
    sources: {
      "Octavia API": { noun: "the Octavia API", timeoutSeconds: 60, reasonOf: reasonOf("Octavia") },
      "Neutron API": { noun: "the Neutron API", timeoutSeconds: 30, reasonOf: reasonOf("Neutron") },
    },
    read: (nodes, ask) => reading(() => (api ??= connect()), nodes, ask),
    orphans: async (cluster, ask) =>
      (await import("../orphans/ask.ts")).askOrphans(() => (api ??= connect()), cluster, ask),
  };
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#response-codes */
const reasonOf =
  (name: string) =>
  (error: Error): string | undefined => {
    if (!(error instanceof OpenStackError)) return undefined;
    if (error.status === 401)
      return `Keystone refused the credentials: ${error.message}; check OS_CLOUD, or OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME`;
    if (error.status === 403)
      return `the user has no right to ask the ${name} API: ${error.message}; give it the role load-balancer_observer, or reader`;
    return `the ${name} API answered ${error.status}: ${error.message}`;
  };

function reading(api: () => OpenStackApi, nodes: Parameters<CloudReader["read"]>[0], ask: Ask): CloudReading {
  const inventory = ask("Octavia API", async (signal) => readInventory(api(), signal));
  const network = given({ "the nodes": nodes }, (facts) =>
    ask("Neutron API", async (signal) => readNodeNetwork(api(), facts["the nodes"], signal)),
  );
  return {
    cluster: () =>
      given({ "the nodes": nodes, "the nodes' ports": network, "the load balancers": inventory }, (facts) =>
        Promise.resolve({
          kind: "known" as const,
          facts: clusterFacts(facts["the nodes"], facts["the nodes' ports"], facts["the load balancers"]),
        }),
      ),
    loadBalancer: (service, wanted) =>
      given(
        { "the Service": service, "the nodes": nodes, "the load balancers": inventory },
        async (facts) => {
          const all = facts["the load balancers"];
          const place = { nodes: facts["the nodes"], network: factsIn(await network) };
          const choice = chooseLoadBalancer(facts["the Service"], place, all, wanted);
          return choice.kind === "none"
            ? { kind: "unreachable", reason: choice.reason }
            : { kind: "known", facts: loadBalancerFacts(choice.loadBalancer, all) };
        },
      ),
    firewall: (service, loadBalancer) =>
      given(
        { "the Service": service, "the load balancer": loadBalancer, "the nodes' ports": network },
        (facts) =>
          Promise.resolve({
            kind: "known" as const,
            facts: firewallFacts(
              facts["the nodes' ports"],
              facts["the Service"],
              facts["the load balancer"] as OctaviaFacts,
            ),
          }),
      ),
  };
}

function clusterFacts(
  nodes: OpenStackClusterFacts["nodes"],
  { subnet, subnetCidr, shared, all, nodePorts, ports }: NodeNetwork,
  inventory: Inventory,
): OpenStackClusterFacts {
  // The Services are asked for one by one: their load balancers lead to the nodes.
  const name = clusterNameFrom({
    ...inventory,
    services: [],
    nodes,
    nodePorts,
    ports,
    nodeGroups: all,
  });
  return {
    // The controller's default: https://github.com/kubernetes/cloud-provider/blob/v0.35.4/config/v1alpha1/defaults.go
    name: name ?? "kubernetes",
    nodes,
    subnet,
    subnetCidr,
    nodeSecurityGroups: byText(shared.filter(({ name }) => !name.startsWith("lb-sg-")).map(({ id }) => id)),
  };
}
