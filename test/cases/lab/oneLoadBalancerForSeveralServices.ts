/** One load balancer of your own, with a listener for each of two Services. */
import type { LabCase } from "./labCase.ts";
import { makeOwnBalancer } from "./ownBalancer.ts";

export const oneLoadBalancerForSeveralServices: LabCase = {
  name: "one-load-balancer-for-several-services",
  file: "oneLoadBalancerForSeveralServices.ts",
  title: "One load balancer for several Services",
  people:
    "A load balancer with a listener for each Service, which saves money. A Service of type LoadBalancer has one of its own.",
  right:
    "Only the listener and the targets of the Service are compared. That the load balancer has listeners of others is one explained difference.",
  sources: [
    "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1545",
    "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3247",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
  ],
  steps: [
    {
      does: "One of the Services is compared with one of type LoadBalancer.",
      async run(lab) {
        await lab.apply("one-load-balancer-for-several-services.yaml");
        const everywhere = "0.0.0.0/0";
        await makeOwnBalancer(lab, {
          name: "data",
          internal: false,
          ports: { 5432: 30432, 6379: 30379 },
          opens: [30432, 30379].map((port) => ({ from: port, to: port, source: everywhere })),
        });
        await lab.served("data", "orders-lb");
        return lab.compare("data/orders", "data/orders-lb");
      },
      exit: 0,
      says: [/^Equivalent/, "The load balancer has listeners for other Services too"],
    },
  ],
};
