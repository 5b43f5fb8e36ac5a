/** Names that both controllers use. */
import { isNameKnown, later } from "../../model/later.ts";
import type { ServiceFacts } from "../../model/service.ts";

/** As tags name a Service. */
export function namespacedName({ namespace, identity }: ServiceFacts): string {
  return namespace === later || !isNameKnown(identity.name) ? later : `${namespace}/${identity.name}`;
}

/** A predicted target group's, in the place of its ARN. Before the group exists, only its listener tells it from the Service's other groups. */
export function targetGroupId(listener: {
  readonly listenerProtocol: string;
  readonly listenerPort: number;
}): string {
  return `target group of ${listener.listenerProtocol} ${listener.listenerPort}`;
}
