/** What is otherwise where the AWS Load Balancer Controller v3.2.2 serves the LoadBalancer Services. */
import type { Expectations } from "../../expectations.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { answers } from "./answers.ts";
import { nodeAdded } from "./nodes.ts";
import { outages } from "./outages.ts";

export const ofLoadBalancerController: Pick<Expectations, "answers" | "nodeAdded" | "outages"> = {
  answers: {
    ...answers,
    nodes: {
      left: 100,
      right: 0,
      sentence:
        "A node port answers where the nodes' security group lets the client in. The program opens it to the source ranges. The AWS Load Balancer Controller opens it to the security group of its load balancers alone, so no client gets past them.",
      source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/",
    },
  },
  nodeAdded: {
    ...nodeAdded,
    byItself: {
      sentence:
        "The AWS Load Balancer Controller registers a node as soon as it is ready. Your own load balancer has the targets that it was given: a new node becomes one at the next pulumi up, unless the nodes' Auto Scaling group is attached.",
      source: upstream("controllers/elbv2/eventhandlers/node.go", "enqueueImpactedTargetGroupBindings"),
    },
  },
  outages: {
    ...outages,
    controllerDown: {
      sentence:
        "`pulumi up` talks to AWS itself. The AWS Load Balancer Controller catches up when it starts: it looks at every Service then.",
      source: upstream("controllers/service/service_controller.go", "Reconcile"),
    },
    retries: {
      sentence:
        "Pulumi fails and stops. The AWS Load Balancer Controller tries again at once, and then each time after twice as long, up to 1000 s.",
      source:
        "https://github.com/kubernetes-sigs/controller-runtime/blob/v0.23.1/pkg/controller/controller.go (NewTypedUnmanaged: RateLimiter)",
    },
  },
};
