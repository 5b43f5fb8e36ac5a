/** An object's identity and owner. */

/**
 * The owner made an object, and changes and deletes it.
 * `program`: a Pulumi program, which has it in its state. `cloud controller`: the AWS cloud controller manager, for a Service.
 * `kubernetes`: the control plane. `other`: none of these, as far as the sources tell; with a name, where its marks tell it.
 */
export type Owner = "program" | "cloud controller" | "kubernetes" | "other" | `other: ${string}`;

/** An object's name and id. They always differ, so a difference means nothing. */
export interface Identity {
  readonly name: string;
  /** A uid, an ARN, an id of EC2; in a plan the URN. */
  readonly id: string;
}
