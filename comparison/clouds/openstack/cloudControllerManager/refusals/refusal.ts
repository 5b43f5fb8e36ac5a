/** What makes the controller refuse a Service: it gives the reason in an event, makes nothing usable, and tries again later. */
import type { ServiceFacts, ServicePortFacts } from "../../../../model/service.ts";
import type { ControllerSettings, OctaviaFacts, OpenStackClusterFacts } from "../../model.ts";

export interface RefusalContext {
  readonly service: ServiceFacts;
  /** Undefined if it is not known; what depends on it is then no reason. */
  readonly cluster: OpenStackClusterFacts | undefined;
  /** As `cluster`. */
  readonly settings: ControllerSettings | undefined;
  /** The Service's load balancer; undefined before it is made. */
  readonly existing: OctaviaFacts | undefined;
}

export interface Refusal {
  readonly id: string;
  /** What is refused, in a few words, for the documentation. */
  readonly refused: string;
  /** `Octavia`: the controller passes the value on, and Octavia then refuses its request. */
  readonly by: "controller" | "Octavia";
  /** File and function. */
  readonly source: string;
  /** The field or annotation, its value, and what is allowed; undefined if the Service is not refused. */
  readonly reason: (context: RefusalContext) => string | undefined;
}

/** A UDP listener leads to a UDP pool only, and an SCTP one to an SCTP pool. octavia 19.0.0, octavia/common/constants.py (VALID_LISTENER_POOL_PROTOCOL_MAP) */
export const notTcp = ({ ports }: ServiceFacts): ServicePortFacts | undefined =>
  ports.find(({ protocol }) => protocol !== "TCP");
