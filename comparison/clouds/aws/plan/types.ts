/** Pulumi's type tokens of what an exposure is made of on AWS. */
export const types = {
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  autoscalingAttachment: "aws:autoscaling/attachment:Attachment",
  targetGroupAttachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
} as const;
