import type { Rows } from "./row.ts";

/**
 * What each way makes of a load balancer that several exposures share. An NLB is the cloud controller manager's by the Service's UID (cloud-provider v0.35.4, cloud.go,
 * DefaultLoadBalancerName). The other controller has a stack for each Service (pkg/service/model_builder.go, NewDefaultStack), and shares a Network Load Balancer only among the
 * routes of a Gateway (pkg/gateway). Other sources are in `row.ts`.
 */
export const sharing = {
  loadBalancer: {
    nodePort: { by: "Listener: loadBalancerArn, that of a NetworkLoadBalancer" },
    loadBalancer: { cannot: "makes a load balancer for each Service" },
    loadBalancerController: {
      cannot: "makes a load balancer for each Service, and shares one only among the routes of a Gateway",
    },
  },
} satisfies Rows;
