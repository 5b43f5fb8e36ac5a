import { defaults } from "./defaults.ts";
import type { ServicePort } from "./exposure.ts";
import { partnerOf } from "./validation.ts";
import { withoutUndefined } from "./withoutUndefined.ts";

/** A port as the Kubernetes API has it. */
export function servicePort(of: ServicePort, ports: readonly ServicePort[]) {
  const { name, port, targetPort = port, protocol = defaults.protocol, appProtocol } = of;
  // Kubernetes gives both protocols of a number the same one only in a new Service.
  const nodePort = of.nodePort ?? partnerOf(of, ports)?.nodePort;
  return { name, port, targetPort, protocol, ...withoutUndefined({ appProtocol, nodePort }) };
}
