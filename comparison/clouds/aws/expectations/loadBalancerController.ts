/** What is otherwise where the AWS Load Balancer Controller v3.2.2 serves the LoadBalancer Services. */
import type { Expectations } from "../../expectations.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { answers } from "./answers.ts";
import { draining } from "./draining.ts";
import { drift } from "./drift.ts";
import { changesWithLoadBalancerController } from "./loadBalancerControllerChanges.ts";
import { nodeAdded, nodeDrained } from "./nodes.ts";
import { outages } from "./outages.ts";
import { tlsOfLoadBalancerController } from "./tls.ts";

const nodeSelection = upstream(
  "pkg/backend/endpoint_utils.go",
  "GetTrafficProxyNodeSelector",
  "IsNodeSuitableAsTrafficProxy",
);
const acts =
  "Pulumi trusts its state unless it is told to look. The AWS Load Balancer Controller acts only on a change of the Service or the nodes, and every 10 hours.";
const ofService = {
  left: "pulumi up --refresh",
  right: "a change of the Service",
  sentence: acts,
  source: upstream("controllers/service/eventhandlers/service_events.go", "Update"),
} as const;

export const ofLoadBalancerController: Partial<Expectations> = {
  ...changesWithLoadBalancerController,
  tls: tlsOfLoadBalancerController,
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
  draining: {
    ...draining,
    declared: {
      left: true,
      right: true,
      sentence:
        "The program's target group takes any attribute. The AWS Load Balancer Controller passes on what the annotation names.",
      source: upstream("pkg/service/model_build_target_group.go", "buildTargetGroupAttributes"),
    },
  },
  drift: {
    asks: drift.asks,
    lostPercent: {
      ...drift.lostPercent,
      rule: {
        value: 100,
        sentence:
          "Without a rule the client does not reach the load balancer, if that has security groups, or else the nodes.",
        source:
          "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
      },
    },
    by: {
      listener: ofService,
      rule: ofService,
      target: {
        left: "pulumi up --refresh",
        right: "a change of the nodes",
        sentence: `${acts} A change of the Service does not bring targets back: it compares the nodes with those of the last time, and registers a node that has left and returns.`,
        source: upstream("pkg/targetgroupbinding/resource_manager.go", "reconcileWithInstanceTargetType"),
      },
    },
  },
  nodeDrained: {
    ...nodeDrained,
    drained: {
      left: true,
      right: false,
      sentence:
        "Nobody acts on a cordon. The AWS Load Balancer Controller deregisters a node at once that has the taint ToBeDeletedByClusterAutoscaler, or Karpenter's karpenter.sh/disrupted; your own load balancer keeps the targets that it was given.",
      source: nodeSelection,
    },
    excluded: {
      left: true,
      right: false,
      sentence:
        "The AWS Load Balancer Controller deregisters a node that has the label node.kubernetes.io/exclude-from-external-load-balancers; your own load balancer keeps the targets that it was given.",
      source: nodeSelection,
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
