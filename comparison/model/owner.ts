/** What an object is called, and who made it. */

/**
 * Who made an object, and therefore changes and deletes it.
 * `program`: declared in a Pulumi program, in whose state it is. `cloud controller`: the AWS cloud controller manager, of a Service.
 * `kubernetes`: the control plane itself. `other`: none of these, as far as the sources tell.
 */
export type Owner = "program" | "cloud controller" | "kubernetes" | "other";

/** How people and APIs call an object: each has its own, so a difference means nothing. */
export interface Identity {
  readonly name: string;
  /** A uid, an ARN, an id of EC2; in a plan the URN. */
  readonly id: string;
}
