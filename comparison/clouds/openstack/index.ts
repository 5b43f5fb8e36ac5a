/** OpenStack, with load balancers of Octavia. */
import type { Cloud } from "../cloud.ts";
import { admission } from "./admission/admission.ts";
import { sameClients } from "./admission/sameClients.ts";
import { sameRanges } from "./admission/sameRanges.ts";
import { clocks } from "./clocks.ts";
import { cloudControllerManager } from "./cloudControllerManager/index.ts";
import { costOf } from "./cost.ts";
import { features } from "./features.ts";
import { shape } from "./shape.ts";
import { declaredOnOpenStack } from "./state.ts";
import { statements } from "./statements.ts";

export const openstack: Cloud = {
  name: "openstack",
  title: "OpenStack",
  providerIdPrefix: "openstack://",
  pulumiPackage: "openstack",
  words: {
    loadBalancer: "Octavia load balancer",
    shortLoadBalancer: "LB",
    pool: "pool",
    name: "address",
    api: "OpenStack API",
    machineGroup: "group of servers",
    notLookedAt:
      "Not compared: descriptions, L7 policies, rules of the load balancer's own port, and IPv6. What the controller's cloud.conf says is taken from --controller-config, or else from the stack's controllerSettings.",
  },
  ways: [
    { name: "nodePort", title: "NodePort + own LB", type: "NodePort" },
    { name: "loadBalancer", title: "LoadBalancer", type: "LoadBalancer" },
  ],
  working: { loadBalancer: "ACTIVE", member: "ONLINE", failing: "ERROR" },
  sources: { loadBalancer: "Octavia API", firewall: "Neutron API", cluster: "Kubernetes and Neutron API" },
  controllers: [cloudControllerManager],
  shape,
  catalogue: [sameClients, sameRanges],
  admission,
  elsewhere: () => undefined,
  whyNoListener: () => undefined,
  whyNoMember: ({ allocateLoadBalancerNodePorts }) =>
    allocateLoadBalancerNodePorts === false
      ? "the Service reserves no node ports, since allocateLoadBalancerNodePorts is false, and members take traffic at node ports only"
      : undefined,
  isMember: ({ id }, { address }) => id === address,
  costOf,
  declaredIn: declaredOnOpenStack,
  weightedRecordsIn: () => [],
  plan: async () => (await import("./plan/plan.ts")).openstackPlan,
  manifests: async () => (await import("./manifests/index.ts")).openstackManifests,
  testbed: async () => (await import("./testbed/testbed.ts")).openstackTestbed,
  statements,
  clocks,
  expectations: async () => (await import("./expectations/index.ts")).expectations,
  features: () => features,
  connect: async (environment) =>
    (await import("./sources/reader.ts")).openstackReader(openstack, environment),
  operations: async (environment) => {
    const [{ openstackOperations }, { OpenStackApi }, { findCredentials }] = await Promise.all([
      import("./operations/operations.ts"),
      import("./api/session.ts"),
      import("./api/credentials.ts"),
    ]);
    return openstackOperations(new OpenStackApi(findCredentials({ ...process.env, ...environment })));
  },
};
