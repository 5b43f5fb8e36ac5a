/** What a cloud has to document of UDP. */
import type { Documented, DocumentedValue } from "../documented.ts";
import type { Seen } from "../traffic/addressOwner.ts";

export interface UdpExpectations {
  readonly answered: Documented;
  /** Whose address pods see with the policy Cluster. */
  readonly seen: DocumentedValue<Seen>;
}
