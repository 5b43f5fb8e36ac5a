/** What a cloud has to document of proxy protocol headers. What an app makes of one is the app's own. */
import type { Documented } from "../documented.ts";

export interface ProxyProtocolExpectations {
  /** The header has the client's address, whether or not members see it as the source. */
  readonly address: Documented;
}
