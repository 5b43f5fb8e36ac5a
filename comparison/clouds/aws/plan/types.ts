/** Pulumi's type tokens of an exposure's resources on AWS. */
export const types = {
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  listenerCertificate: "aws:lb/listenerCertificate:ListenerCertificate",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  autoscalingAttachment: "aws:autoscaling/attachment:Attachment",
  targetGroupAttachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  targetGroupBinding: "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
  /** Looked up: the kind of a TargetGroupBinding. */
  definition: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
} as const;
