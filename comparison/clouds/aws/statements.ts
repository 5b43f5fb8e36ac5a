/** Whether the statements of the question and its answers are true on AWS, where that depends on the cloud. */
import type { CloudStatement, Truth } from "../../statements/truth.ts";

export const statements: Readonly<Record<CloudStatement, Truth>> = {
  "no-udp": {
    verdict: "outdated",
    why: "It depends on the cloud. AWS's Network Load Balancer takes UDP, and Kubernetes 1.26 made mixed protocols stable; the AWS cloud controller manager still refuses TCP and UDP in one Service.",
    source:
      "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancers-with-mixed-protocol-types",
  },
  "forwards-to-node-ports": {
    verdict: "true by default",
    why: "The AWS cloud controller manager does this. Other controllers can send to pods directly, and a label can exclude nodes.",
    source: "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/",
  },
  "other-clouds": {
    verdict: "true",
    why: "Both have a cloud controller manager, as most clouds do today. Their load balancers behave differently from AWS's.",
    source:
      "https://github.com/kubernetes/cloud-provider-gcp and https://github.com/kubernetes/cloud-provider-openstack",
  },
  "only-by-load-balancer": {
    verdict: "false by default",
    why: "Its node port and cluster IP answer like those of a NodePort Service, if the firewall allows it. The AWS cloud controller manager's rule for clients opens the node port itself.",
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
  },
  "own-address": {
    verdict: "imprecise",
    why: "An AWS Network Load Balancer has a DNS name, which resolves to an address in each zone; an internal one has no public address. Clients should use the name.",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html#network-load-balancer-components",
  },
  "only-healthy": {
    verdict: "imprecise",
    why: "It notices a failed node only when health checks have failed, and sends to it until then. If all targets fail, it sends to all. It spreads connections, not requests.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html",
  },
};
