import type { Rows } from "./row.ts";
import { annotation, loadBalancer } from "./words.ts";

/** What each way makes of the options for operators. Sources are in `row.ts`. */
export const operations = {
  loadBalancerName: {
    nodePort: loadBalancer("name"),
    loadBalancer: { cannot: "names the load balancer after the Service's UID" },
    loadBalancerController: annotation("name"),
  },
  tags: {
    nodePort: { by: "LoadBalancer, Listener and TargetGroup: tags" },
    loadBalancer: {
      ...annotation("additional-resource-tags"),
      but: "reads them only when it makes the load balancer",
    },
    loadBalancerController: annotation("additional-resource-tags"),
  },
  deletionProtection: {
    nodePort: loadBalancer("enableDeletionProtection"),
    loadBalancer: { cannot: "never sends it, and deletes the load balancer with its Service" },
    loadBalancerController: {
      ...annotation("attributes"),
      but: "keeps the Service until the annotation is off",
    },
  },
  accessLogs: {
    nodePort: { by: "LoadBalancer: accessLogs; with createBucket Bucket and BucketPolicy" },
    loadBalancer: {
      by: "annotations aws-load-balancer-access-log-enabled, -s3-bucket-name, -s3-bucket-prefix; with createBucket Bucket and BucketPolicy",
    },
    loadBalancerController: {
      by: "annotation aws-load-balancer-attributes; with createBucket Bucket and BucketPolicy",
    },
  },
  unhealthyHostCountAlarm: {
    nodePort: { by: "MetricAlarm: metricName, for each target group" },
    // pkg/providers/v1/aws_loadbalancer.go (buildTargetGroupName)
    loadBalancer: {
      cannot:
        "makes the target groups, and others in their place for another node port, protocol or check interval, so an alarm of the program would go on watching one that is gone",
    },
    // pkg/service/model_build_target_group.go (buildTargetGroupName)
    loadBalancerController: {
      cannot:
        "makes the target groups, and others in their place for another port, target type, protocol or check interval, so an alarm of the program would go on watching one that is gone",
    },
  },
  quotas: {
    nodePort: { by: "checks before anything is declared" },
    loadBalancer: { by: "checks before anything is declared" },
    loadBalancerController: { by: "checks before anything is declared" },
  },
} satisfies Rows;
