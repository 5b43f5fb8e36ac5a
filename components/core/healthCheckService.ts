import type { ComponentResource } from "@pulumi/pulumi";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { healthCheckClass } from "./healthCheckMarks.ts";
import { ranges } from "./defaults.ts";
import type { ExposureArgs, ExposureOptions } from "./exposure.ts";
import { servicePort } from "./servicePort.ts";
import { outOfRange } from "./validation.ts";
import type { Problem } from "./validation.ts";

/**
 * A Service of type LoadBalancer that has no load balancer and takes no traffic. Kubernetes gives only this type a `healthCheckNodePort`: under the policy Local, kube-proxy
 * answers there with 503 from the moment on when the node's last ready pod begins to end.
 * https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
export function declareHealthCheckService(
  name: string,
  {
    namespace,
    selector,
    ports,
    healthCheckNodePort,
  }: ExposureArgs & { readonly healthCheckNodePort: number },
  parent: ComponentResource,
): Service {
  return new Service(
    `${name}-health`,
    {
      // No load balancer will come.
      metadata: { namespace, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: healthCheckClass,
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: "Local",
        healthCheckNodePort,
        selector,
        ports: ports.map(({ nodePort: _, ...port }) => servicePort(port, [])),
      },
    },
    // Kubernetes lets nobody change the port.
    { parent, replaceOnChanges: ["spec.healthCheckNodePort"] },
  );
}

/** What is wrong with the port. */
export function healthCheckNodePortProblems({
  healthCheckNodePort: port,
  externalTrafficPolicy: policy = "Cluster",
}: Pick<ExposureOptions, "healthCheckNodePort" | "externalTrafficPolicy">): Problem[] {
  const propertyPath = "healthCheckNodePort";
  if (port === undefined) return [];
  if (policy !== "Local")
    return [
      {
        propertyPath,
        reason: `${port} is not allowed with externalTrafficPolicy "${policy}": Kubernetes has this port only under "Local"; set externalTrafficPolicy to "Local", or omit it`,
      },
    ];
  return outOfRange(propertyPath, port, ranges.nodePort);
}
