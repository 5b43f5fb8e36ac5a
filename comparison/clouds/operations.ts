/**
 * What scenarios do to a cloud's load balancers and firewall, in words that no cloud owns. A load balancer is found by its address: the host name or the IP address
 * that clients use.
 */
export interface CloudOperations {
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
  /** Entries of the nodes' firewall for this node port alone, whoever made them. */
  openings(nodePort: number): Promise<readonly Opening[]>;
  /** Gives an entry another source. Its identity, ports and description stay. */
  changeSource(opening: Opening, source: string): Promise<void>;
  close(opening: Opening): Promise<void>;
  /** Identities of everything that load balancers in front of the nodes consist of, by kind, whoever made it. */
  objects(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** What a Service has to carry to get the load balancer that this comparison looks at. */
  readonly loadBalancerAnnotations: Readonly<Record<string, string>>;
  /** How a Service would ask for a draining delay, whether or not its controller heeds it. */
  drainingAnnotations(delaySeconds: number): Readonly<Record<string, string>>;
}

export type Scheme = "internet-facing" | "internal";

/** What a load balancer has in one zone. */
export interface ZoneAddress {
  readonly zone: string;
  /** Where clients reach it; its private address if it is internal. */
  readonly address: string;
  /** The source that members see if the client's address is not kept. */
  readonly sourceAddress: string;
}

/** Members that take the traffic of one or more listeners. */
export interface Pool {
  readonly id: string;
  /** Port at which members take traffic, if it is the same for all. */
  readonly memberPort: number | undefined;
  readonly check: { readonly port: string; readonly intervalSeconds: number };
  readonly draining: Draining;
}

export interface Draining {
  /** In the cloud's own time. */
  readonly delaySeconds: number;
  /** Whether connections are closed when the delay is over. */
  readonly terminates: boolean;
}

/**
 * `initial`: registered, and not checked yet. `draining`: gets no new connections. `unused`: takes no traffic for a reason of its own, such as a zone that is off.
 * `unknown`: the cloud says nothing of its health.
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
