import type { Trials } from "./trial.ts";
import { annotated } from "./trial.ts";

export const operations = {
  loadBalancerName: {
    given: { loadBalancerName: "edge" },
    nodePort: { type: "LoadBalancer", inputs: { name: "edge" } },
    loadBalancer: undefined,
    loadBalancerController: annotated({ name: "edge" }),
  },
  tags: {
    given: { tags: { team: "web" } },
    nodePort: { type: "TargetGroup", inputs: { tags: { team: "web" } } },
    loadBalancer: annotated({ "additional-resource-tags": "team=web" }),
  },
  deletionProtection: {
    given: { deletionProtection: true },
    nodePort: { type: "LoadBalancer", inputs: { enableDeletionProtection: true } },
    loadBalancer: undefined,
    attributes: { "deletion_protection.enabled": "true" },
  },
  accessLogs: {
    given: { accessLogs: { bucket: "logs", prefix: "edge" } },
    nodePort: {
      type: "LoadBalancer",
      inputs: { accessLogs: { bucket: "logs", prefix: "edge", enabled: true } },
    },
    loadBalancer: annotated({
      "access-log-enabled": "true",
      "access-log-s3-bucket-name": "logs",
      "access-log-s3-bucket-prefix": "edge",
    }),
    attributes: {
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": "logs",
      "access_logs.s3.prefix": "edge",
    },
  },
  unhealthyHostCountAlarm: {
    given: { unhealthyHostCountAlarm: { threshold: 2 } },
    nodePort: { type: "MetricAlarm", inputs: { metricName: "UnHealthyHostCount", threshold: 2 } },
    loadBalancer: undefined,
  },
  quotas: { given: { quotas: { rulesPerSecurityGroup: 100 } }, nodePort: undefined, loadBalancer: undefined },
} satisfies Trials;
