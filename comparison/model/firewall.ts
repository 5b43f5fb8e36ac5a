/** Rules that let traffic in. */
import type { NodePort } from "./later.ts";
import type { Identity, Owner } from "./owner.ts";

/** One rule of a security group that lets traffic in. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
export interface RuleFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly securityGroup: string;
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly ipProtocol: string;
  /** For ICMP the type. */
  readonly fromPort: NodePort;
  /** For ICMP the code. */
  readonly toPort: NodePort;
  /** A CIDR range, a prefix list's or another security group's id. */
  readonly source: string;
}

export interface FirewallFacts {
  /** Rules of the nodes' security groups for this exposure's ports, and those that all load balancers share. */
  readonly nodes: readonly RuleFacts[];
  /** Rules of the load balancer's own security groups. */
  readonly loadBalancer: readonly RuleFacts[];
}
