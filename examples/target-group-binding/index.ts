import { findClusterNetwork, NodePortExposure } from "@nodeport-vs-loadbalancer/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const network = await findClusterNetwork(config.require("clusterName"));

const shop = new NodePortExposure("shop", {
  namespace: "shop",
  selector: { app: "shop" },
  ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
  loadBalancerSourceRanges: [config.require("clients")],
  network,
  // The controller follows nodes that come and go. Load balancer, listener, target group and rules stay this program's.
  targetGroupBinding: true,
});

export const url = shop.url;
