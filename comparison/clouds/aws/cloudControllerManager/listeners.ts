/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (createListenerV2) */
import { defaultSslPolicy } from "../../../../components/aws/tls.ts";
import { listenerAttributes } from "../defaults.ts";
import { later } from "../../../model/later.ts";
import type { NlbListenerFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation } from "./annotations.ts";
import type { PortMapping } from "./portMappings.ts";

/** @param targetGroup id of the one that it forwards to */
export function listener(service: ServiceFacts, mapping: PortMapping, targetGroup: string): NlbListenerFacts {
  const { listenerPort: port, listenerProtocol: protocol } = mapping;
  return {
    identity: { name: `${protocol} ${port}`, id: later },
    owner: "cloud controller",
    protocol,
    port,
    ...(protocol === "TLS" ? { sslPolicy: sslPolicy(service) } : {}),
    // The controller has no annotation for it.
    alpnPolicy: [],
    certificates: protocol === "TLS" ? [annotation(service, "certificate") ?? ""] : [],
    attributes: listenerAttributes(protocol),
    forwardsTo: [targetGroup],
  };
}

function sslPolicy(service: ServiceFacts): string {
  const wanted = annotation(service, "sslPolicy") ?? "";
  return wanted === "" ? defaultSslPolicy : wanted;
}
