/**
 * The life cycle of each object in each way: its creation, updates, repairs and deletion. To repair is to undo a change that somebody other than the owner made.
 *
 * The cloud controller manager is that of kubernetes/cloud-provider-aws v1.35.0 with the service controller of kubernetes/cloud-provider v0.35.4. It acts when the
 * Service changes, when a node is added or removed, and when it starts; at other times it compares nothing.
 * Source: controllers/service/controller.go (New, needsUpdate, nodeSyncService)
 */
import type { LifeCycleRow } from "../../../difference/lifeCycle.ts";
import {
  alike,
  atDestroy,
  atRefresh,
  atUp,
  nextSync,
  onChange,
  onCreate,
  onDelete,
  serviceControllerSource,
  serviceLifeCycle,
} from "../../serviceController.ts";

const nobody = "nothing";

const awsProvider =
  "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go";
const kubernetes = "https://github.com/kubernetes/kubernetes/blob/v1.35.4";

export const lifeCycle: readonly LifeCycleRow[] = [
  ...serviceLifeCycle,
  {
    object: "endpoints",
    creates: alike("the EndpointSlice controller, seconds after a pod is ready"),
    updates: alike("the EndpointSlice controller, seconds after a pod changes"),
    repairs: alike("the EndpointSlice controller, within seconds"),
    deletes: alike("Kubernetes, with the Service"),
    source: `${kubernetes}/pkg/controller/endpointslice/endpointslice_controller.go`,
  },
  {
    object: "rules on the nodes (data path)",
    creates: alike("kube-proxy on each node, within seconds"),
    updates: alike("kube-proxy on each node, within seconds"),
    repairs: alike("kube-proxy, when it rewrites all rules: about once an hour, and when it restarts"),
    deletes: alike("kube-proxy on each node, within seconds"),
    source: `${kubernetes}/pkg/proxy/nftables/proxier.go (syncProxyRules, FullSyncPeriod)`,
  },
  {
    object: "load balancer",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: {
      nodePort: `${atUp}; what AWS cannot change is replaced`,
      loadBalancer: `${onChange}: attributes only; never scheme, subnets or tags`,
    },
    repairs: {
      nodePort: atRefresh,
      loadBalancer:
        "the cloud controller manager, at the next change of the Service, or when it restarts: attributes, and a deleted load balancer as a new one, under another DNS name",
    },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${awsProvider} (ensureLoadBalancerv2, reconcileLBAttributes) and aws.go (UpdateLoadBalancer: a change of nodes does not restore a deleted load balancer)`,
  },
  {
    object: "listener",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: { nodePort: atUp, loadBalancer: onChange },
    repairs: {
      nodePort: atRefresh,
      loadBalancer: `${nextSync}: a missing or surplus listener, but not one that forwards elsewhere`,
    },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${awsProvider} (ensureLoadBalancerv2, deleteListenerV2)`,
  },
  {
    object: "target group",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: {
      nodePort: `${atUp}; another node port replaces it, and the new group is made first`,
      loadBalancer: `${onChange}; another node port replaces it`,
    },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${awsProvider} (ensureTargetGroup)`,
  },
  {
    object: "health check",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: {
      nodePort: atUp,
      loadBalancer: `${onChange} its annotations; another protocol or interval replaces the target group; an unhealthy threshold alone is never applied`,
    },
    repairs: {
      nodePort: atRefresh,
      loadBalancer: `${nextSync}; not the time-out, and not the unhealthy threshold alone`,
    },
    deletes: alike("AWS, with the target group"),
    source: `${awsProvider} (ensureLoadBalancerv2, ensureTargetGroup)`,
  },
  {
    object: "targets, when nodes come and go",
    ofMembers: true,
    creates: {
      nodePort:
        "the program, at the next `pulumi up`; until then a new node gets no traffic from the load balancer. Or AWS, as soon as the instance is in an Auto Scaling group that the program attached",
      loadBalancer: "the cloud controller manager, seconds after the node joins",
    },
    updates: {
      nodePort: "nothing: a node that is not ready stays, and health checks stop traffic to it",
      loadBalancer: "nothing: a node that is not ready stays, and health checks stop traffic to it",
    },
    repairs: {
      nodePort: `${atRefresh}. It does not repair targets that an attached Auto Scaling group registered: it declared only the attachment`,
      loadBalancer: nextSync,
    },
    deletes: {
      nodePort:
        "the program, at the next `pulumi up`; until then health checks keep traffic away. Or AWS, when an attached Auto Scaling group loses the instance",
      loadBalancer:
        "the cloud controller manager, seconds after the node is deleted or gets the label that excludes it",
    },
    source: `${serviceControllerSource} (shouldSyncUpdatedNode, nodeSyncService)`,
  },
  {
    object: "firewall rules of the nodes",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: {
      nodePort: atUp,
      loadBalancer: `${onChange}; those for health checks stay, unused, when the source ranges become 0.0.0.0/0`,
    },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: {
      nodePort: atDestroy,
      loadBalancer: `${onDelete}; those that other load balancers need stay`,
    },
    source: `${awsProvider} (updateInstanceSecurityGroupsForNLB)`,
  },
  {
    object: "DNS name",
    creates: {
      nodePort: "AWS, with the load balancer; the program has it as an output",
      loadBalancer:
        "AWS, with the load balancer; the cloud controller manager writes it to the Service's status",
    },
    updates: alike("AWS: the addresses behind it; the name never changes"),
    repairs: alike("nothing: a new load balancer has a new name"),
    deletes: alike("AWS, with the load balancer"),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html",
  },
  {
    object: "objects that a destroy leaves behind",
    creates: {
      nodePort: "a destroy that fails half-way; the remaining objects are in the program's state",
      loadBalancer:
        "a cluster or controller that is removed before its Services, or another type annotation: load balancer, target groups and rules stay, and no state lists them",
    },
    updates: alike(nobody),
    repairs: { nodePort: "the program, at the next `destroy`", loadBalancer: nobody },
    deletes: {
      nodePort: "the program, at the next `destroy`",
      loadBalancer: "you, by hand, before subnets and security groups can be deleted",
    },
    source:
      "https://github.com/kubernetes/kubernetes/issues/95042 and https://github.com/pulumi/pulumi-eks/issues/1226",
  },
];
