/** Known differences between the two Service types on every cloud. */
import { factsIn } from "../../model/sourceResult.ts";
import { inStatus } from "../../clouds/cloud.ts";
import type { Cloud } from "../../clouds/cloud.ts";
import type { Entry } from "../entry.ts";

export const serviceTypes = (cloud: Cloud): readonly Entry[] => [
  {
    id: "service-type",
    why: "The type is the subject of the question: LoadBalancer is NodePort plus a request to the cloud.",
    affects: "nobody by itself; only programs that read the Service's type",
    remedy: null,
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
    expects: () => [{ path: "service / type", left: "NodePort", right: "LoadBalancer" }],
  },
  {
    id: "node-ports-can-be-waived",
    why: "Only a LoadBalancer Service has the field allocateLoadBalancerNodePorts; its default, true, reserves node ports as NodePort does.",
    affects: "nobody; with false, a controller that sends traffic to node ports has no port to send it to",
    remedy: null,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
    expects: () => [{ path: "service / allocateLoadBalancerNodePorts", left: null, right: "true" }],
  },
  {
    id: "address-in-status",
    why: "A controller writes the address of its load balancer into the Service's status. Nothing does so for a load balancer that no controller made.",
    affects: "tools that read status.loadBalancer, such as external-dns and kubectl get service",
    remedy: "take the address from the program's outputs, or set the DNS record in the program",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceStatus",
    expects({ right, roles }) {
      const [service, balancer] = [factsIn(right.service), factsIn(right.loadBalancer)];
      if (service === undefined || balancer === undefined) return [];
      const written = inStatus(cloud, service, balancer.address);
      return [{ path: "service / ingress", left: "none", right: roles.right.text(written) }];
    },
  },
];
