import type { ClientAddressExpectations } from "../../../scenarios/clientAddress/expectations.ts";
import { guide, sourceIp } from "./sources.ts";

export const clientAddress = {
  local: {
    value: "the client's",
    sentence:
      "With the policy Local, a node leaves the source address unchanged, and a load balancer keeps it for instances.",
    source: sourceIp,
  },
  localMasqueraded: {
    value: "the load balancer's",
    sentence:
      "With the policy Local, a node leaves the source address unchanged, and without client IP preservation that is the load balancer's.",
    source: `${guide}/edit-target-group-attributes.html#client-ip-preservation`,
  },
} as const satisfies ClientAddressExpectations;
