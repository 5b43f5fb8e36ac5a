/**
 * The life cycle of each object in each way. What the hand-made way does is the same as beside the cloud controller manager.
 *
 * The controller reconciles a Service when its specification or annotations change, when the controller starts, and every 10 hours: controllers/service/eventhandlers/
 * service_events.go (Update), pkg/config/runtime_config.go (defaultSyncPeriod). Targets and rules on the nodes are those of a TargetGroupBinding, which it reconciles
 * when nodes come, go, or change their readiness.
 */
import type { LifeCycleRow } from "../../../difference/lifeCycle.ts";
import { lifeCycle as beside } from "../cloudControllerManager/lifeCycle.ts";
import { title } from "./marks.ts";
import { upstream } from "./upstream.ts";

type Own = Partial<Record<"creates" | "updates" | "repairs" | "deletes", string>> & {
  readonly source: string;
};

const creates = `${title}, seconds after the Service is created`;
const onChange = `${title}, seconds after the Service changes`;
const nextSync = `${title}, at the next change of the Service, when it restarts, or within 10 hours`;
const onDelete = `${title}, before the Service is removed: its finalizer waits`;

/** Only while the nodes or the binding differ from those of the last time does it look at the targets. */
const notRepaired = `nothing, until a node comes, goes or changes its readiness: ${title} compares the nodes with those of the last time, not with the targets`;

const rows: Readonly<Record<string, Own>> = {
  Service: {
    deletes: `the program, at \`pulumi up\` or \`destroy\`; it is removed once ${title} has cleaned up`,
    source: upstream("controllers/service/service_controller.go", "cleanupLoadBalancerResources"),
  },
  "load balancer": {
    creates,
    updates: `${onChange}: attributes, tags, subnets, security groups and the kind of addresses. Another scheme replaces it: the old one is deleted first`,
    repairs: `${nextSync}: a deleted load balancer as a new one, under another DNS name`,
    deletes: onDelete,
    source: upstream("pkg/deploy/elbv2/load_balancer_synthesizer.go", "Synthesize"),
  },
  listener: {
    creates,
    updates: onChange,
    repairs: `${nextSync}: it deletes every listener that the Service does not have`,
    deletes: onDelete,
    source: upstream("pkg/deploy/elbv2/listener_synthesizer.go", "synthesizeListenersOnLB"),
  },
  "target group": {
    creates,
    updates: `${onChange}; another protocol or target type replaces it`,
    repairs: nextSync,
    deletes: onDelete,
    source: upstream("pkg/deploy/elbv2/target_group_synthesizer.go", "isSDKTargetGroupRequiresReplacement"),
  },
  "health check": {
    creates,
    updates: `${onChange} its annotations`,
    repairs: nextSync,
    source: upstream("pkg/deploy/elbv2/target_group_manager.go", "updateSDKTargetGroupWithHealthCheck"),
  },
  "targets, when nodes come and go": {
    creates: `${title}, seconds after the node is ready`,
    updates: `${title} takes out a node that is not ready, and registers it again when it is`,
    repairs: notRepaired,
    deletes: `${title}, seconds after the node is deleted, is not ready, or gets a label or taint that excludes it`,
    source: upstream("pkg/targetgroupbinding/resource_manager.go", "reconcileWithInstanceTargetType"),
  },
  "firewall rules of the nodes": {
    creates,
    updates: `${title}: one rule for each protocol, from the lowest to the highest port of all its target groups; it grows and shrinks with them`,
    repairs: `${title}, at the next change of any target group's nodes or ports`,
    deletes: `${title}, with the last target group that needs them`,
    source: upstream("pkg/networking/networking_manager.go", "reconcileWithIngressPermissionsPerSG"),
  },
  "DNS name": {
    creates: `AWS, with the load balancer; ${title} writes it to the Service's status`,
    source: upstream("controllers/service/service_controller.go", "updateServiceStatus"),
  },
  "objects that a destroy leaves behind": {
    creates:
      "a cluster or controller that is removed before its Services: load balancer, target groups, security groups and rules stay, and no state lists them",
    repairs: `${title}, if a Service of the same name is created again: it finds its objects by their tags`,
    source: upstream("pkg/deploy/tracking/provider.go", "StackTags"),
  },
};

/** Groups of the load balancer's own, which a program has only if it declares them. */
const groups: LifeCycleRow = {
  object: "security groups of the load balancer",
  creates: { nodePort: "nobody: the load balancer has none", loadBalancer: creates },
  updates: { nodePort: "nothing", loadBalancer: onChange },
  repairs: { nodePort: "nothing", loadBalancer: `${nextSync}: it deletes every rule that is not its own` },
  deletes: {
    nodePort: "nothing",
    loadBalancer: `${onDelete}; the shared group goes with the last Service`,
  },
  source: upstream("pkg/deploy/ec2/security_group_manager.go", "Create", "Update", "Delete"),
};

export const lifeCycle: readonly LifeCycleRow[] = [
  ...beside.map((row) => {
    const own = rows[row.object];
    return own === undefined ? row : withOwn(row, own);
  }),
  groups,
];

function withOwn(row: LifeCycleRow, { source, ...own }: Own): LifeCycleRow {
  const verbs = Object.entries(own).map(([verb, loadBalancer]) => [
    verb,
    { ...row[verb as keyof typeof own], loadBalancer },
  ]);
  return { ...row, ...(Object.fromEntries(verbs) as Partial<LifeCycleRow>), source };
}
