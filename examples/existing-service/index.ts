import { findClusterNetwork, NetworkLoadBalancer, nodePortOf } from "@nodeport-vs-loadbalancer/components";
import { core } from "@pulumi/kubernetes";
import { Config, interpolate } from "@pulumi/pulumi";

const config = new Config();
const network = await findClusterNetwork(config.require("clusterName"));

// Read, not managed: an update changes nothing of the Service, and a destroy leaves it alone.
const ingress = core.v1.Service.get("ingress", config.require("service"));

const loadBalancer = new NetworkLoadBalancer("ingress", {
  network,
  securityGroups: "own",
  ports: [
    { name: "http", port: 80, nodePort: nodePortOf(ingress, "http") },
    { name: "https", port: 443, nodePort: nodePortOf(ingress, "https") },
  ],
  loadBalancerSourceRanges: [config.require("clients")],
});

export const url = interpolate`https://${loadBalancer.dnsName}`;
