/** What a cloud has to document of the address that nodes see. With the policy Cluster, a node replaces it, whatever the cloud does. */
import type { DocumentedValue } from "../documented.ts";
import type { Seen } from "../traffic/addressOwner.ts";

export interface ClientAddressExpectations {
  /** Policy Local, of a load balancer that is told to keep the client's address. */
  readonly local: DocumentedValue<Seen>;
  /** The same of one that is told not to keep it. */
  readonly localMasqueraded: DocumentedValue<Seen>;
}
