/** Known differences between a NodePort Service and one that the OpenStack cloud controller manager serves, besides the type. */
import { areSame, sourcesOf } from "../../../clientSources.ts";
import type { Entry, Expected } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { later } from "../../../model/later.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { finalizer } from "../../serviceController.ts";
import { clientsOf } from "../allowedCidrs.ts";
import type { OpenStack } from "../model.ts";
import { loadBalancerName, ownGroup } from "./predict.ts";
import { namedRanges } from "./sourceRanges.ts";
import { loadBalancerSource, securityGroupSource } from "./upstream.ts";
import { virtualAddress } from "./virtualAddress.ts";

const isOwner = (path: string): boolean =>
  path.endsWith(`${step}owner`) && /^(loadBalancer|firewall) \/ /.test(path);

const owners: Entry<OpenStack> = {
  id: "who-owns-it",
  why: "A program declares one load balancer with its listeners, pools, members, floating IP and rules. The cloud controller manager makes the other because a Service asks for it.",
  affects: "anyone who adds nodes, repairs drift or deletes: see the life cycle",
  remedy: null,
  source: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/#service-controller",
  expects({ paths, values: { left, right }, facts: { state } }) {
    const declared = state.kind === "known" ? "program" : "other";
    return paths
      .filter((path) => isOwner(path) && left.has(path) && right.has(path))
      .map((path) => ({ path, left: declared, right: "cloud controller" }));
  },
};

const rangesInService: Entry<OpenStack> = {
  id: "source-ranges-in-service",
  why: "A LoadBalancer Service lists the client ranges, and the controller writes them into the listeners. The listeners of the hand-made way let in the same clients.",
  affects: "nobody: the listeners allow the same",
  remedy: null,
  source: `${loadBalancerSource} (GetLoadBalancerSourceRanges)`,
  // The Service must name whom each listener of the hand-made way lets in.
  expects({ left, right, values }) {
    const service = factsIn(right.service);
    const listeners = factsIn(left.loadBalancer)?.listeners ?? [];
    if (service === undefined || service.loadBalancerSourceRanges.length === 0 || listeners.length === 0)
      return [];
    const asked = sourcesOf(namedRanges(service).ranges);
    if (!listeners.every(({ allowedCidrs }) => areSame(clientsOf(allowedCidrs), asked))) return [];
    const path = "service / loadBalancerSourceRanges";
    return [{ path, left: "none", right: values.right.get(path) ?? "none" }];
  },
};

const tags: Entry<OpenStack> = {
  id: "tags-of-the-controller",
  why: "The cloud controller manager tags the load balancer and its listeners with its own name for the load balancer, so that Services that share one tell their listeners apart.",
  affects: "anyone who searches by tags",
  remedy: null,
  source: `${loadBalancerSource} (createOctaviaLoadBalancer, buildListenerCreateOpt)`,
  expects({ paths, values: { left, right }, right: exposure, facts }) {
    const [cluster, service] = [factsIn(facts.cluster), factsIn(exposure.service)];
    if (cluster === undefined || service === undefined) return [];
    const name = loadBalancerName(service, cluster.name);
    return paths
      .filter((path) => /^loadBalancer( \/ listeners \/ .+)? \/ tags$/.test(path))
      .filter((path) => left.get(path) === "none" && right.has(path))
      .map((path) => ({ path, left: "none", right: name === later ? later : "<own name>" }));
  },
};

const securityGroup: Entry<OpenStack> = {
  id: "own-security-group",
  why: "With manage-security-groups, the controller makes a security group for the Service and adds it to the ports of the nodes. The program adds its rules to a security group that all nodes have. Both let the load balancer reach the same node ports.",
  affects: "whoever counts security groups: a port may have a limited number of them",
  remedy: null,
  source: `${securityGroupSource} (ensureAndUpdateOctaviaSecurityGroup)`,
  expects({ paths, values: { left, right }, facts }): Expected[] {
    const groups = factsIn(facts.cluster)?.nodeSecurityGroups ?? [];
    return paths
      .filter((path) => /^firewall \/ nodes \/ .+ \/ securityGroup$/.test(path))
      .filter((path) => right.has(path))
      .flatMap((path) =>
        groups.filter((id) => id === left.get(path)).map((id) => ({ path, left: id, right: ownGroup })),
      );
  },
};

export const catalogue: readonly Entry<OpenStack>[] = [
  owners,
  finalizer,
  rangesInService,
  tags,
  securityGroup,
  virtualAddress,
];
