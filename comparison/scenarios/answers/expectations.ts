/** What a cloud has to document of who answers. */
import type { Documented, DocumentedBySide } from "../documented.ts";

export interface AnswersExpectations {
  readonly name: Documented;
  /** @default a load balancer has one address, and no name */
  readonly zonal?: {
    /** The name leads to an address in each zone. */
    readonly inDns: Documented;
    /** Each zone's address takes traffic. */
    readonly each: Documented;
  };
  /** No client reaches a node port that the nodes' firewall closes to it. */
  readonly closed: Documented;
  /** The load balancer reaches it nevertheless, if it hides the client's address. */
  readonly closedByName: Documented;
  readonly openedAgain: Documented;
  /**
   * Share of requests to each node's own address and node port that are answered, in percent: 100, or 0 where the nodes' firewall lets in no client past the load
   * balancer. @default 100 on both sides
   */
  readonly nodes?: DocumentedBySide<0 | 100>;
}
