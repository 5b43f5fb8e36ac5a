/** What a cloud has to document of how flows spread over zones and members. */
import type { Documented, DocumentedValue } from "../documented.ts";

export interface SpreadExpectations {
  /** All are answered while all zones and members are healthy. */
  readonly answered: Documented;
  readonly members: Documented;
  /** @default a load balancer has one address, which uses the members of all zones */
  readonly zonal?: ZonalSpread;
}

export interface ZonalSpread {
  readonly addresses: Documented;
  /** Share of flows that stay in the address's own zone with cross-zone load balancing off, in percent. */
  readonly ownPercent: DocumentedValue<number>;
  readonly crossZone: Documented;
}
