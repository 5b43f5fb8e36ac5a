/** Operations of scenarios on a cloud's load balancers, in neutral terms. A load balancer is found by its address: the host name or the IP address that clients use. */
export interface LoadBalancerOperations {
  /** In the order of the zones' names. */
  zones(address: string): Promise<readonly ZoneAddress[]>;
  scheme(address: string): Promise<Scheme>;
  /** Ports that clients can connect to. */
  listeningPorts(address: string): Promise<readonly number[]>;
  /** Clients are no longer served on this port. */
  deleteListener(address: string, port: number): Promise<void>;
  pools(address: string): Promise<readonly Pool[]>;
  /** Members of all pools. */
  members(address: string): Promise<readonly Member[]>;
  /** Starts to drain the member, as its owner would. */
  takeOut(member: Pick<Member, "pool" | "machine">): Promise<void>;
  putBack(member: Pick<Member, "pool" | "machine">): Promise<void>;
  setDraining(pool: string, draining: Draining): Promise<void>;
  /** Health checks go to this port from now on. */
  setCheckPort(pool: string, port: string): Promise<void>;
}

/** With those on its firewall, and what scenarios have to know of its controller. */
export interface CloudOperations extends LoadBalancerOperations {
  /** Entries of the nodes' firewall for this node port only, of any owner. */
  openings(nodePort: number): Promise<readonly Opening[]>;
  /** Entries of the load balancer's own firewall; none if it has no firewall. */
  balancerOpenings(address: string): Promise<readonly Opening[]>;
  /**
   * Changes the source of an entry. Its identity, ports and description stay.
   * @returns false if the entry is gone: its owner may have replaced it
   */
  changeSource(opening: Opening, source: string): Promise<boolean>;
  close(opening: Opening): Promise<void>;
  /** Identities of all parts of load balancers in front of the nodes, by kind, of any owner. */
  objects(): Promise<Readonly<Record<string, readonly string[]>>>;
  readonly loadBalancerService: LoadBalancerService;
  /** Labels of a namespace whose new pods are Ready only once the load balancers that they are members of call them healthy; none if the controller has no such gate. */
  readonly readinessGate: Readonly<Record<string, string>>;
  /** Annotations with which a Service requests a draining delay, even if its controller ignores them. */
  drainingAnnotations(delaySeconds: number): Readonly<Record<string, string>>;
}

/** What a Service of another type needs to get the compared kind of load balancer from its controller. */
export interface LoadBalancerService {
  /** Which it needs until the controller has deleted the load balancer again. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Annotations that its controller writes, and leaves on a Service that is of another type again. With them it would get no load balancer any more. */
  readonly left: readonly string[];
  /** Undefined for the cloud's default controller. */
  readonly loadBalancerClass: string | undefined;
  /** By which the controller keeps the Service until it has deleted the load balancer. */
  readonly finalizer: string;
}

export type Scheme = "internet-facing" | "internal";

/** A load balancer's part in one zone. */
export interface ZoneAddress {
  readonly zone: string;
  /** Where clients reach it; its private address if it is internal. */
  readonly address: string;
  /** The source that members see if the load balancer hides the client's address. */
  readonly sourceAddress: string;
}

/** Members that take the traffic of one or more listeners. */
export interface Pool {
  readonly id: string;
  readonly check: { readonly port: string; readonly intervalSeconds: number };
  readonly draining: Draining;
  /** Whether each connection to a member begins with a proxy protocol header. */
  readonly addsHeader: boolean;
}

export interface Draining {
  /** In the cloud's time. */
  readonly delaySeconds: number;
  /** Whether connections are closed when the delay is over. */
  readonly terminates: boolean;
}

/**
 * `initial`: registered, and not checked yet. `draining`: gets no new connections. `unused`: takes no traffic for another reason, such as a disabled zone.
 * `unknown`: the cloud does not report its health.
 */
export type MemberState = "initial" | "healthy" | "unhealthy" | "draining" | "unused" | "unknown";

export interface Member {
  /** Id of its pool. */
  readonly pool: string;
  /** The cloud's name of the machine. */
  readonly machine: string;
  readonly port: number;
  readonly state: MemberState;
  /** In the cloud's words; may be empty. */
  readonly reason: string;
}

/** An entry of a firewall that lets a source reach a port. */
export interface Opening {
  readonly id: string;
  /** CIDR; undefined if it is not a range, such as another security group. */
  readonly source: string | undefined;
}
