/** Everything that needs the AWS SDK, in one module, which loads while the engine still greets the plug-in. */
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { QueryService } from "../calls/query.ts";
import { CloudWatch } from "../cloudwatch/cloudWatch.ts";
import type { Config } from "./config.ts";
import type { ResourceType } from "./resource.ts";
import { autoscalingAttachment } from "./resources/autoscalingAttachment.ts";
import { bucket } from "./resources/bucket.ts";
import { bucketPolicy } from "./resources/bucketPolicy.ts";
import { listener } from "./resources/listener.ts";
import { Route53 } from "../route53/route53.ts";
import { listenerCertificate } from "./resources/listenerCertificate.ts";
import { loadBalancer } from "./resources/loadBalancer.ts";
import { metricAlarm } from "./resources/metricAlarm.ts";
import { record } from "./resources/record.ts";
import { securityGroup } from "./resources/securityGroup.ts";
import { securityGroupEgressRule, securityGroupIngressRule } from "./resources/securityGroupRule.ts";
import { targetGroup } from "./resources/targetGroup.ts";
import { targetGroupAttachment } from "./resources/targetGroupAttachment.ts";
import { S3 } from "../s3/s3.ts";
import { officialPlugin } from "./schema.ts";

export { invoke } from "./invokes.ts";

const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "aws:autoscaling/attachment:Attachment": autoscalingAttachment,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:lb/listener:Listener": listener,
  "aws:lb/listenerCertificate:ListenerCertificate": listenerCertificate,
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": targetGroupAttachment,
  "aws:route53/record:Record": record,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupEgressRule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupIngressRule,
};

/** @throws for an unknown type, naming it */
export function resourceType(token: string): ResourceType {
  const known = resourceTypes[token];
  if (known) return known;
  const tokens = Object.keys(resourceTypes).join(", ");
  throw new Error(
    `unknown resource type ${token}: the lab's AWS plug-in supports ${tokens}; ${officialPlugin}`,
  );
}

export function makeClients({ region, credentials, profile, endpoints, maxAttempts }: Config) {
  const shared = {
    region,
    ...(credentials === undefined ? {} : { credentials }),
    ...(profile === undefined ? {} : { profile }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
  const at = (endpoint: string | undefined) => (endpoint === undefined ? {} : { endpoint });
  const ec2 = new EC2Client({ ...shared, ...at(endpoints.ec2) });
  return {
    autoscaling: new AutoScalingClient({ ...shared, ...at(endpoints.autoscaling) }),
    ec2,
    elbv2: new ElasticLoadBalancingV2Client({ ...shared, ...at(endpoints.elbv2) }),
    cloudWatch: new CloudWatch(ec2.config, region, endpoints.cloudwatch),
    route53: new Route53(ec2.config, endpoints.route53),
    s3: new S3(ec2.config, region, endpoints.s3),
    sts: new QueryService(
      ec2.config,
      { name: "sts", region, endpoint: endpoints.sts ?? `https://sts.${region}.amazonaws.com` },
      "2011-06-15",
    ),
  };
}
