/**
 * The keys of the controller's configuration file, with the types of their values.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go (CloudConfig)
 */
import type { Keys } from "../../../../gcfg/read.ts";

export const probeMode = "ClusterServiceLoadBalancerHealthProbeMode";
export const probePort = "ClusterServiceSharedLoadBalancerHealthProbePort";
export const probePath = "ClusterServiceSharedLoadBalancerHealthProbePath";
export const securityGroupMode = "NLBSecurityGroupMode";
export const noIngress = "DisableSecurityGroupIngress";

export const keys: Keys = {
  named: new Set(["ServiceOverride"]),
  sections: {
    Global: {
      Zone: "text",
      Region: "text",
      VPC: "text",
      SubnetID: "text",
      RouteTableID: "text",
      RoleARN: "text",
      SourceARN: "text",
      KubernetesClusterTag: "text",
      KubernetesClusterID: "text",
      [noIngress]: "bool",
      ElbSecurityGroup: "text",
      NodeIPFamilies: "list",
      // Case matters: aws.go (buildNLBHealthCheckConfiguration).
      [probeMode]: ["ServiceNodePort", "Shared"],
      [probePort]: "port",
      [probePath]: "path",
      SupportedTopologyInstanceTypePattern: "text",
      // config.go (IsNLBSecurityGroupModeManaged)
      [securityGroupMode]: ["Managed"],
    },
    ServiceOverride: {
      Service: "text",
      Region: "text",
      URL: "text",
      SigningRegion: "text",
      SigningMethod: "text",
      SigningName: "text",
    },
  },
};
