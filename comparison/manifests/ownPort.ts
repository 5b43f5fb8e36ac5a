/** A port of a component that makes the load balancer, as a Service has it. */
import type { ServicePort } from "../../components/core/index.ts";
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import type { ServiceFacts, ServicePortFacts } from "../model/service.ts";

const allowedName = /^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

/** A NodePort Service keeps its node ports; a second Service cannot have those of a LoadBalancer Service. */
export function ownPort(port: ServicePortFacts, { type }: ServiceFacts): ServicePort {
  const { name, protocol, targetPort, appProtocol, nodePort } = port;
  return {
    name: allowedName.test(name) ? name : `${protocol.toLowerCase()}-${port.port}`,
    port: port.port,
    ...(targetPort === port.port ? {} : { targetPort }),
    // The component refuses any other.
    ...(protocol === "TCP" ? {} : { protocol: protocol as "UDP" }),
    ...withoutUndefined({ appProtocol }),
    ...(type === "NodePort" && typeof nodePort === "number" ? { nodePort } : {}),
  };
}
