/** What the two types of a Service differ in, in the cluster itself. */
import type { Aws } from "../../model.ts";
import { later } from "../../../../model/later.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { cleanupFinalizer } from "../marks.ts";
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { compareText } from "../../../../difference/roles.ts";
import { rangesOf, subnetCidrs } from "./healthRules.ts";

const api = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec";

export const serviceEntries: readonly Entry<Aws>[] = [
  {
    id: "address-in-status",
    why: "The cloud controller manager writes the load balancer's DNS name into the Service's status; nobody does that for a load balancer that it did not make.",
    affects: "who reads status.loadBalancer, such as external-dns or kubectl get service",
    remedy: "take the DNS name from the program's outputs, or set the DNS record in the program",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceStatus",
    expects: ({ facts }) => [
      {
        path: "service / ingress",
        left: "none",
        right: facts.basis === "planned" ? later : "<own DNS name>",
      },
    ],
  },
  {
    id: "finalizer",
    why: "A finalizer keeps a deleted LoadBalancer Service until the cloud controller manager has deleted what it made; a program deletes in its own order.",
    affects: "who deletes the Service or the cluster while the controller is away: the Service stays",
    remedy: null,
    source:
      "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#garbage-collecting-load-balancers",
    expects: () => [{ path: `service / finalizers / ${cleanupFinalizer}`, left: null, right: "present" }],
  },
  {
    id: "source-ranges-in-service",
    why: "A LoadBalancer Service carries who may connect, for the controller to open; the hand-made way opens the same ranges by rules of its own.",
    affects: "nobody: the rules on the nodes are the same",
    remedy: null,
    source: api,
    // A Service may name none, or name them in an annotation: the controller then lets in the same clients all the same.
    expects: (pair) => {
      const [named, ranges] = [
        factsIn(pair.right.service)?.loadBalancerSourceRanges ?? [],
        clientRanges(pair),
      ];
      if (named.length === 0 && rangesOf(pair.right).join(", ") === ranges) return [];
      return [{ path: "service / loadBalancerSourceRanges", left: "none", right: ranges }];
    },
  },
];

/**
 * From where the hand-made way lets clients in at its node ports, which the controller must have been told alike. Rules for health checks, from the load balancer's
 * subnets, look like rules for clients: one is taken for what the controller was told if it was told the same.
 */
function clientRanges({ facts, left, right }: Pair<Aws>): string {
  const nodePorts = new Set(factsIn(left.service)?.ports.map(({ nodePort }) => nodePort));
  const open = new Set(
    factsIn(left.firewall)
      ?.nodes.filter(({ ipProtocol, fromPort }) => ipProtocol !== "icmp" && nodePorts.has(fromPort))
      .map(({ source }) => source),
  );
  const subnets = new Set(subnetCidrs(facts, left));
  const told = factsIn(right.service)?.loadBalancerSourceRanges ?? [];
  const ranges = [...open].filter((source) => !subnets.has(source) || told.includes(source));
  return ranges.length === 0 ? "none" : ranges.sort(compareText).join(", ");
}
