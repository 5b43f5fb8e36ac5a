/** What a user should know of a load balancer of Octavia before it is made. The controller's own notes are beside its model. */
import type { ServiceFacts } from "../../../model/service.ts";
import { withoutKubeProxy, withoutSelector } from "../../../manifests/serviceNotes.ts";
import type { Made } from "../../manifests.ts";
import { annotation, given } from "../cloudControllerManager/annotations.ts";
import type { OpenStack } from "../model.ts";

export function notes(service: ServiceFacts, { loadBalancer }: Made<OpenStack>): readonly string[] {
  return [
    ...clientAddress(loadBalancer),
    ...existing(service),
    ...families(service),
    ...withoutSelector(service),
    ...withoutKubeProxy(service),
  ];
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#protocol-combinations-listener-pool */
function clientAddress({ pools }: Made<OpenStack>["loadBalancer"]): string[] {
  const header = pools.find(({ protocol }) => protocol.startsWith("PROXY"));
  return header === undefined
    ? []
    : [
        `Each connection to a node begins with a header of the proxy protocol (${header.protocol}): pods that do not expect it take it for a faulty request.`,
      ];
}

/** The controller writes the annotation for a load balancer of the Service's own as well. */
function existing(service: ServiceFacts): string[] {
  const id = given(annotation(service, "load-balancer-id"));
  return id === undefined
    ? []
    : [
        `The annotation load-balancer-id names a load balancer, ${id}: it is judged as the Service's own. If other Services share it, the controller refuses a port that one of them has.`,
      ];
}

/** checkService: the first family is the load balancer's. */
function families({ ipFamilies, ipFamilyPolicy }: ServiceFacts): string[] {
  return ipFamilies.length > 1 || ipFamilyPolicy !== "SingleStack"
    ? [
        `The load balancer has IPv4 addresses only, although the Service's ipFamilyPolicy is ${ipFamilyPolicy}: the controller makes one load balancer, of the first family.`,
      ]
    : [];
}
