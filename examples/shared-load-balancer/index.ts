import {
  findClusterNetwork,
  NetworkLoadBalancer,
  NodePortExposure,
} from "@nodeport-vs-loadbalancer/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const network = await findClusterNetwork(config.require("clusterName"));

// What all Services have in common. It costs what a load balancer for one Service costs.
const shared = new NetworkLoadBalancer("shared", { network, securityGroups: "own" });

const shop = new NodePortExposure("shop", {
  namespace: "shop",
  selector: { app: "shop" },
  ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
  loadBalancerSourceRanges: [config.require("clients")],
  network,
  loadBalancer: shared,
});

const metrics = new NodePortExposure("metrics", {
  namespace: "monitoring",
  selector: { app: "prometheus" },
  ports: [{ name: "http", port: 9090, appProtocol: "http" }],
  loadBalancerSourceRanges: [config.require("operators")],
  healthCheck: { protocol: "HTTP", path: "/-/healthy" },
  network,
  loadBalancer: shared,
});

export const urls = { shop: shop.url, metrics: metrics.url };
