/** pkg/service/model_build_listener.go (buildListenerSpec), pkg/deploy/elbv2/listener_manager.go (Create, areListenerAttributesSupported) */
import { defaultSslPolicy } from "../../../../components/aws/tls.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { listenerAttributes } from "../defaults.ts";
import type { NlbListenerFacts } from "../model.ts";
import { defaultFirst } from "../certificates.ts";
import { annotation, annotationNames, list, pairsOf } from "./annotations.ts";
import { owner } from "./marks.ts";
import type { PortMapping } from "./portMappings.ts";

/** The annotation for one listener, such as `...-listener-attributes.TCP-80`. */
export function listenerAttributesName({ listenerProtocol, listenerPort }: PortMapping): string {
  return `${annotationNames.listenerAttributes}.${listenerProtocol}-${listenerPort}`;
}

/** Those of TLS are never sent. */
export function sentOfListener(
  service: ServiceFacts,
  mapping: PortMapping,
): Readonly<Record<string, string>> {
  return mapping.listenerProtocol === "TLS" ? {} : pairsOf(service, listenerAttributesName(mapping));
}

/** @param targetGroup id of the one that it forwards to */
export function listener(service: ServiceFacts, mapping: PortMapping, targetGroup: string): NlbListenerFacts {
  const { listenerPort: port, listenerProtocol: protocol } = mapping;
  const isTls = protocol === "TLS";
  const alpnPolicy = annotation(service, "alpnPolicy");
  return {
    identity: { name: `${protocol} ${port}`, id: later },
    owner,
    protocol,
    port,
    // pkg/config/controller_config.go (defaultSSLPolicy): it sends what AWS would take.
    ...(isTls ? { sslPolicy: annotation(service, "sslPolicy") ?? defaultSslPolicy } : {}),
    alpnPolicy: isTls && alpnPolicy !== undefined ? [alpnPolicy] : [],
    certificates: isTls ? defaultFirst(list(service, "certificate") ?? []) : [],
    attributes: {
      ...listenerAttributes(protocol),
      ...sentOfListener(service, mapping),
    },
    forwardsTo: [targetGroup],
  };
}
