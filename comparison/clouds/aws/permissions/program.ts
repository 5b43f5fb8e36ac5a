/**
 * The AWS actions that the program's resources and look-ups need, as the official plug-in makes them. The lab's plug-in makes some of these calls, and no others.
 * Source of each row: the file of that resource in https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service (elbv2, ec2, autoscaling, cloudwatch, route53, s3, s3control)
 */

export interface Actions {
  /** Actions that change nothing. */
  readonly reads: readonly string[];
  /** Actions that create, change or delete. */
  readonly changes: readonly string[];
}

/** Load balancers, listeners and target groups get tags while they are made, for which AWS asks for AddTags. */
const loadBalancerTags = {
  reads: ["elasticloadbalancing:DescribeTags"],
  changes: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
};

const securityGroupTags = ["ec2:CreateTags", "ec2:DeleteTags"];

/** By the module of `@pulumi/aws` that declares it. */
export const resources: Readonly<Record<string, Actions>> = {
  "autoscaling/attachment": {
    reads: ["autoscaling:DescribeAutoScalingGroups"],
    changes: ["autoscaling:AttachLoadBalancerTargetGroups", "autoscaling:DetachLoadBalancerTargetGroups"],
  },
  "cloudwatch/metricAlarm": {
    reads: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    changes: [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ],
  },
  "ec2/securityGroup": {
    reads: [
      "ec2:DescribeNetworkInterfaces",
      // The lab's plug-in reads a group's rules by themselves.
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
    ],
    changes: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:CreateSecurityGroup",
      "ec2:DeleteSecurityGroup",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
      ...securityGroupTags,
    ],
  },
  "lb/listener": {
    reads: [
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListeners",
      ...loadBalancerTags.reads,
    ],
    changes: [
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      ...loadBalancerTags.changes,
    ],
  },
  "lb/listenerCertificate": {
    reads: ["elasticloadbalancing:DescribeListenerCertificates"],
    changes: [
      "elasticloadbalancing:AddListenerCertificates",
      "elasticloadbalancing:RemoveListenerCertificates",
    ],
  },
  "lb/loadBalancer": {
    reads: [
      // The official plug-in waits until AWS has removed the load balancer's interfaces.
      "ec2:DescribeNetworkInterfaces",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      ...loadBalancerTags.reads,
    ],
    changes: [
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
      ...loadBalancerTags.changes,
    ],
  },
  "lb/targetGroup": {
    reads: [
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      ...loadBalancerTags.reads,
    ],
    changes: [
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      ...loadBalancerTags.changes,
    ],
  },
  "lb/targetGroupAttachment": {
    reads: ["elasticloadbalancing:DescribeTargetHealth"],
    changes: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
  },
  // Only with `weightedName`.
  "route53/record": {
    reads: ["route53:GetChange", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
    changes: ["route53:ChangeResourceRecordSets"],
  },
  // All settings of a bucket are read, whether it has them or not.
  "s3/bucket": {
    reads: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListTagsForResource",
    ],
    changes: [
      "s3:CreateBucket",
      "s3:DeleteBucket",
      "s3:PutBucketTagging",
      "s3:TagResource",
      "s3:UntagResource",
    ],
  },
  "s3/bucketPolicy": {
    reads: ["s3:GetBucketPolicy"],
    changes: ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
  },
  "vpc/securityGroupEgressRule": {
    reads: ["ec2:DescribeSecurityGroupRules"],
    changes: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:ModifySecurityGroupRules",
      "ec2:RevokeSecurityGroupEgress",
      ...securityGroupTags,
    ],
  },
  "vpc/securityGroupIngressRule": {
    reads: ["ec2:DescribeSecurityGroupRules"],
    changes: [
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:ModifySecurityGroupRules",
      "ec2:RevokeSecurityGroupIngress",
      ...securityGroupTags,
    ],
  },
};

/**
 * Elastic Load Balancing asks EC2 for these in the name of whoever makes a load balancer. AWS does not say which call needs which: its own policy for full access allows
 * them as "necessary to provide ElasticLoadBalancing features", with others for features that this program does not use.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ElasticLoadBalancingFullAccess.html (version 9)
 */
export const askedByElasticLoadBalancing: readonly string[] = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
];

/** By the module of `@pulumi/aws` that asks. A look-up changes nothing. */
export const lookUps: Readonly<Record<string, readonly string[]>> = {
  "autoscaling/getAmiIds": ["autoscaling:DescribeAutoScalingGroups"],
  "autoscaling/getGroup": ["autoscaling:DescribeAutoScalingGroups"],
  // The official plug-in reads all of an instance, although the program uses only its security groups.
  "ec2/getInstance": [
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstanceCreditSpecifications",
    "ec2:DescribeInstances",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeVolumes",
  ],
  // AWS asks no permission for it. Only with `createBucket`.
  getCallerIdentity: [],
  "ec2/getInstances": ["ec2:DescribeInstances"],
  "ec2/getSecurityGroups": ["ec2:DescribeSecurityGroups"],
  "ec2/getSubnet": ["ec2:DescribeSubnets"],
  "ec2/getSubnets": ["ec2:DescribeSubnets"],
  // Only with `import`, from `findLoadBalancer`.
  "lb/getListener": [
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeListeners",
    ...loadBalancerTags.reads,
  ],
  "lb/getLoadBalancer": [
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    ...loadBalancerTags.reads,
  ],
  "lb/getTargetGroup": [
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    ...loadBalancerTags.reads,
  ],
  "vpc/getSecurityGroupRule": ["ec2:DescribeSecurityGroupRules"],
  "vpc/getSecurityGroupRules": ["ec2:DescribeSecurityGroupRules"],
  // Only with `kubeconfigFrom: eks`. AWS asks no permission for the token itself.
  "eks/getCluster": ["eks:DescribeCluster"],
  // Only with `weightedName`. The lab's plug-in asks by name.
  "route53/getZone": [
    "route53:GetHostedZone",
    "route53:ListHostedZones",
    "route53:ListHostedZonesByName",
    "route53:ListResourceRecordSets",
    "route53:ListTagsForResource",
  ],
};
