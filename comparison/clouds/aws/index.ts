/** Amazon Web Services, with Network Load Balancers. */
import type { Cloud } from "../cloud.ts";
import { admission } from "./admission/admission.ts";
import { securityGroups } from "./admission/securityGroups.ts";
import { sameClients } from "./admission/sameClients.ts";
import { sameRanges } from "./admission/sameRanges.ts";
import { whyNoListener, whyNoMember } from "./broken.ts";
import { clocks } from "./clocks.ts";
import { cloudControllerManager } from "./cloudControllerManager/index.ts";
import { costOf } from "./cost/cost.ts";
import { featuresWith } from "./features.ts";
import { foreignController } from "./foreign/controller.ts";
import { serviceControllers } from "./foreign/makers.ts";
import { toldByAnnotations } from "./loadBalancerController/catalogue/annotations.ts";
import { targetGroupBinding } from "./loadBalancerController/catalogue/bindings.ts";
import { loadBalancerController } from "./loadBalancerController/index.ts";
import type { TargetGroupFacts } from "./model.ts";
import { podsAsTargets, withoutNodePorts } from "./podsAsTargets.ts";
import { shape } from "./shape.ts";
import { declaredOnAws } from "./state.ts";
import { statements } from "./statements.ts";
import { ways } from "./ways.ts";
import { weightedRecordsOnAws } from "./weightedRecords.ts";

export const aws: Cloud = {
  name: "aws",
  title: "AWS",
  providerIdPrefix: "aws://",
  pulumiPackage: "aws",
  words: {
    loadBalancer: "Network Load Balancer",
    shortLoadBalancer: "NLB",
    pool: "target group",
    name: "DNS name",
    api: "AWS API",
    machineGroup: "Auto Scaling group",
    notLookedAt:
      "Not compared: the outbound rules of a load balancer's security groups, weights between target groups, and of IPv6 the name's AAAA records, kube-proxy's rules and requests.",
  },
  ways,
  working: { loadBalancer: "active", member: "healthy", failing: "unhealthy", unused: "unused" },
  sources: { loadBalancer: "ELBv2 API", firewall: "EC2 API", cluster: "Kubernetes and EC2 API" },
  controllers: [cloudControllerManager, loadBalancerController, ...serviceControllers.map(foreignController)],
  shape,
  catalogue: [
    securityGroups,
    sameClients,
    sameRanges,
    toldByAnnotations,
    targetGroupBinding,
    podsAsTargets,
    withoutNodePorts,
  ],
  admission,
  elsewhere: (groups: readonly TargetGroupFacts[]) => {
    const types = [...new Set(groups.map(({ targetType }) => targetType))];
    return types.every((type) => type === "instance")
      ? undefined
      : `targets are of type ${types.join(" and ")}`;
  },
  whyNoListener,
  whyNoMember,
  isMember: ({ id }, { instanceId, address }) => id === instanceId || id === address,
  costOf,
  declaredIn: declaredOnAws,
  weightedRecordsIn: weightedRecordsOnAws,
  testbed: async () => (await import("./testbed/testbed.ts")).awsTestbed,
  plan: async () => (await import("./plan/plan.ts")).awsPlan,
  manifests: async () => (await import("./manifests/index.ts")).awsManifests,
  adoption: async () => (await import("./adoption/index.ts")).awsAdoption,
  statements,
  clocks,
  expectations: async (controller) => (await import("./expectations/index.ts")).expectationsWith(controller),
  features: featuresWith,
  connect: async (environment) => (await import("./sources/reader.ts")).awsReader(aws, environment),
  operations: async (environment, controller) => {
    const [{ awsOperations }, { awsClients }] = await Promise.all([
      import("./operations/operations.ts"),
      import("./sources/clients.ts"),
    ]);
    return awsOperations(awsClients(environment), controller);
  },
};
