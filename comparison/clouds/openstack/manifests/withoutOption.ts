/** What a Service asks for and the component has no option for, where the facts do not show it. */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, given, prefix } from "../cloudControllerManager/annotations.ts";
import { nodeSelectorOf } from "../cloudControllerManager/settings.ts";
import type { OpenStackClusterFacts } from "../model.ts";

/** The names of nodes' labels are the cluster's, so that two load balancers that differ in the selector can have the same members here. */
export function withoutOption(service: ServiceFacts, { controllerSettings }: OpenStackClusterFacts) {
  const values = {
    "node-selector": given(nodeSelectorOf(service, controllerSettings)),
    hostname: given(annotation(service, "hostname")),
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ title: `${prefix}${name}`, value }],
  );
}
