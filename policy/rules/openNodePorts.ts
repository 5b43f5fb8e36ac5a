/** No node port is open to the world. */
import { isTheWorld, opensNodePorts, openingsOf, portsInWords } from "../openings.ts";
import type { ResourceRule } from "../resource.ts";

export const openNodePorts: ResourceRule = (resource) =>
  openingsOf(resource)
    .filter(opensNodePorts)
    .flatMap((opening) =>
      opening.ranges
        .filter(isTheWorld)
        .map(
          (range) =>
            `${range} may reach ${portsInWords(opening)}, among them node ports (30000 to 32767). Let in the load balancer's security group, or name who may connect.`,
        ),
    );
