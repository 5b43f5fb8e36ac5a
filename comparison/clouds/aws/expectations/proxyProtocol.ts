import type { ProxyProtocolExpectations } from "../../../scenarios/proxyProtocol/expectations.ts";
import { guide } from "./sources.ts";

export const proxyProtocol: ProxyProtocolExpectations = {
  address: {
    sentence:
      "The header has the client's address and port, whether or not the client's address is kept, and whatever a node makes of the source.",
    source: `${guide}/edit-target-group-attributes.html#proxy-protocol`,
  },
};
