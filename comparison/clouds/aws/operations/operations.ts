/** Operations of scenarios on Network Load Balancers and security-group rules, through the AWS API. */
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { CloudOperations } from "../../operations.ts";
import { loadBalancerOperations } from "./loadBalancers.ts";
import { firewallOperations } from "./firewall.ts";
import { loadBalancerService } from "./loadBalancerService.ts";
import { identities } from "./objects.ts";

/**
 * Of the AWS Load Balancer Controller, for pods that are targets themselves.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
const readinessGate = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } as const;

interface AwsClients {
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

/** @param controller that serves the LoadBalancer Services. @default the AWS cloud controller manager */
export function awsOperations({ elbv2, ec2 }: AwsClients, controller?: string): CloudOperations {
  const { securityGroups, ...loadBalancers } = loadBalancerOperations(elbv2, ec2);
  return {
    ...loadBalancers,
    ...firewallOperations(ec2, securityGroups),
    objects: () => identities(elbv2, ec2),
    loadBalancerService: loadBalancerService(controller),
    readinessGate,
    // The same annotation of both controllers: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md
    drainingAnnotations: (delaySeconds) => ({
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": `deregistration_delay.timeout_seconds=${delaySeconds}`,
    }),
  };
}
