/** What a user should know of a load balancer of Octavia before it is made. The controller's own notes are beside its model. */
import type { ServiceFacts } from "../../../model/service.ts";
import { withoutKubeProxy, withoutSelector } from "../../../manifests/serviceNotes.ts";
import type { Made } from "../../manifests.ts";
import type { OpenStack } from "../model.ts";

export function notes(service: ServiceFacts, { loadBalancer }: Made<OpenStack>): readonly string[] {
  return [
    ...clientAddress(loadBalancer),
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

/** checkService: the first family is the load balancer's. */
function families({ ipFamilies, ipFamilyPolicy }: ServiceFacts): string[] {
  return ipFamilies.length > 1 || ipFamilyPolicy !== "SingleStack"
    ? [
        `The load balancer has IPv4 addresses only, although the Service's ipFamilyPolicy is ${ipFamilyPolicy}: the controller makes one load balancer, of the first family.`,
      ]
    : [];
}
