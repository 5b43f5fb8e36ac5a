/** What a cloud has to document of the address that nodes see. With the policy Cluster, a node replaces it, whatever the cloud does. */
import type { DocumentedValue } from "../documented.ts";
import type { Seen } from "../traffic/addressOwner.ts";

export interface ClientAddressExpectations {
  /** Policy Local, of a load balancer that keeps the client's address, if it can. */
  readonly local: DocumentedValue<Seen>;
  /** The same of one that is told not to keep it. @default no load balancer keeps it */
  readonly localMasqueraded?: DocumentedValue<Seen>;
}
