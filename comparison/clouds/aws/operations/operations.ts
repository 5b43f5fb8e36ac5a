/** Operations of scenarios on Network Load Balancers and security-group rules, through the AWS API. */
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { CloudOperations } from "../../operations.ts";
import { loadBalancerOperations } from "./loadBalancers.ts";
import { firewallOperations } from "./firewall.ts";
import { identities } from "./objects.ts";

interface AwsClients {
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

export function awsOperations({ elbv2, ec2 }: AwsClients): CloudOperations {
  return {
    ...loadBalancerOperations(elbv2, ec2),
    ...firewallOperations(ec2),
    objects: () => identities(elbv2, ec2),
    // Without it the controller would look for a Classic Load Balancer to delete, and leave the Network Load Balancer over.
    // https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancerDeleted)
    loadBalancerAnnotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
    // https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md
    drainingAnnotations: (delaySeconds) => ({
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": `deregistration_delay.timeout_seconds=${delaySeconds}`,
    }),
  };
}
