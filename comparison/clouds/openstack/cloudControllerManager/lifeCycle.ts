/**
 * The life cycle of each object in each way: its creation, updates, repairs and deletion. To repair is to undo a change that somebody other than the owner made.
 *
 * The controller is that of kubernetes/cloud-provider-openstack v1.35.0 with the service controller of kubernetes/cloud-provider v0.35.4. It acts when the Service changes, when
 * a node is added or removed, and when it starts; at other times it compares nothing.
 */
import type { LifeCycleRow } from "../../../difference/lifeCycle.ts";
import {
  atDestroy,
  atRefresh,
  atUp,
  nextSync,
  onChange,
  onCreate,
  onDelete,
  serviceLifeCycle,
} from "../../serviceController.ts";
import { loadBalancerSource, securityGroupSource } from "./upstream.ts";

export const lifeCycle: readonly LifeCycleRow[] = [
  ...serviceLifeCycle,
  {
    object: "load balancer",
    creates: {
      nodePort: atUp,
      loadBalancer: `${onCreate}, with all its listeners, pools and members at once`,
    },
    updates: {
      nodePort: `${atUp}; what Octavia cannot change is replaced`,
      loadBalancer: "nothing: subnet, flavor, availability zone and provider stay as they were made",
    },
    repairs: {
      nodePort: atRefresh,
      loadBalancer:
        "nothing: the Service's annotation names the load balancer, and a deleted one is an error until the annotation is removed",
    },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${loadBalancerSource} (createOctaviaLoadBalancer, ensureOctaviaLoadBalancer, deleteLoadBalancer)`,
  },
  {
    object: "listener",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: { nodePort: `${atUp}; another protocol replaces it, with a gap`, loadBalancer: onChange },
    repairs: {
      nodePort: atRefresh,
      loadBalancer:
        "the cloud controller manager, at the next change of the Service, or when it restarts: also its ranges, limit and time-outs",
    },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${loadBalancerSource} (ensureOctaviaListener, deleteOctaviaListeners)`,
  },
  {
    object: "pool",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: {
      nodePort: `${atUp}; another protocol replaces it, with a gap`,
      loadBalancer: `${onChange}: protocol (as a new pool) and method; never its session persistence`,
    },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${loadBalancerSource} (ensureOctaviaPool)`,
  },
  {
    object: "member",
    ofMembers: true,
    creates: { nodePort: atUp, loadBalancer: `${onCreate}, and seconds after a node is added` },
    updates: { nodePort: atUp, loadBalancer: onChange },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: {
      nodePort: `${atDestroy}; a node that is gone stays a member until then`,
      loadBalancer: "the cloud controller manager, seconds after the node is removed",
    },
    source: `${loadBalancerSource} (updateOctaviaLoadBalancer, buildBatchUpdateMemberOpts)`,
  },
  {
    object: "health monitor",
    creates: { nodePort: atUp, loadBalancer: onCreate },
    updates: { nodePort: `${atUp}; another type replaces it`, loadBalancer: onChange },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: { nodePort: atDestroy, loadBalancer: onDelete },
    source: `${loadBalancerSource} (ensureOctaviaHealthMonitor)`,
  },
  {
    object: "floating IP",
    creates: { nodePort: atUp, loadBalancer: `${onCreate}, once the load balancer is ACTIVE` },
    updates: {
      nodePort: atUp,
      loadBalancer: `${onChange}: detached and deleted if the Service becomes internal`,
    },
    repairs: {
      nodePort: atRefresh,
      loadBalancer: "the cloud controller manager, at the next change of the Service, as a new one",
    },
    deletes: {
      nodePort: `${atDestroy}, unless keepFloatingIp is set`,
      loadBalancer: `${onDelete}; not if it has the annotation keep-floatingip, or somebody else made it`,
    },
    source: `${loadBalancerSource} (ensureFloatingIP, deleteFIPIfCreatedByProvider)`,
  },
  {
    object: "rules on the nodes",
    creates: {
      nodePort: atUp,
      loadBalancer: `${onCreate}, in a security group of the Service, with manage-security-groups`,
    },
    updates: { nodePort: atUp, loadBalancer: `${onChange}, and when nodes change` },
    repairs: { nodePort: atRefresh, loadBalancer: nextSync },
    deletes: { nodePort: atDestroy, loadBalancer: `${onDelete}, with the group` },
    source: `${securityGroupSource} (ensureAndUpdateOctaviaSecurityGroup, ensureSecurityGroupDeleted)`,
  },
];
