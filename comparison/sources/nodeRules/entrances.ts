/** A Service's entrances on a node, by kube-proxy's maps. */
import type { EntranceFacts } from "../../model/dataPath.ts";
import type { ServiceFacts } from "../../model/service.ts";
import type { RuleSet } from "./ruleSet.ts";
import type { ServiceChains } from "./ways.ts";

export type Entrance = Pick<EntranceFacts, "kind" | "address" | "protocol" | "port">;

/** kube-proxy's maps for one kind of entrance, by their purpose. */
interface Maps {
  readonly services: string;
  readonly withoutEndpoints: string;
  /** Undefined for node ports: `loadBalancerSourceRanges` does not apply to them. */
  readonly firewall?: string;
}

const byAddress: Maps = {
  services: "service-ips",
  withoutEndpoints: "no-endpoint-services",
  firewall: "firewall-ips",
};
const byNodePort: Maps = { services: "service-nodeports", withoutEndpoints: "no-endpoint-nodeports" };

export function mapsFor({ address }: Entrance): Maps {
  return address === undefined ? byNodePort : byAddress;
}

/** As in the maps, such as `172.20.0.1 . tcp . 443`. */
export function keyOf({ address, protocol, port }: Entrance): string {
  return [...(address === undefined ? [] : [address]), protocol.toLowerCase(), port].join(" . ");
}

export function mapOf({ maps }: RuleSet, name: string): ReadonlyMap<string, string> {
  const map = maps.get(name);
  if (map === undefined) throw new Error(`kube-proxy's table has no map ${name}`);
  return map;
}

/** The chain of a verdict, if it has one. */
export function chainIn(verdict: string | undefined): string | undefined {
  return /^goto (?<chain>\S+)$/.exec(verdict ?? "")?.groups?.chain;
}

export function namedEntrances(service: ServiceFacts): readonly Entrance[] {
  const { clusterIPs, externalIPs, ingress, ports } = service;
  return ports.flatMap(({ protocol, port, nodePort }): Entrance[] => {
    const at = (kind: Entrance["kind"]) => (address: string) => ({ kind, address, protocol, port });
    return [
      ...clusterIPs.filter(isAddress).map(at("cluster IP")),
      ...(typeof nodePort === "number" ? [{ kind: "node port" as const, protocol, port: nodePort }] : []),
      ...ingress.filter(isAddress).map(at("load balancer address")),
      ...externalIPs.filter(isAddress).map(at("external IP")),
    ];
  });
}

/** False for a host name, and for the `None` of a headless Service. */
function isAddress(text: string): boolean {
  return /^[\d.]+$/.test(text);
}

/** Entries that lead to the Service's chains although the Service does not name them. */
export function unnamedEntrances(
  ruleSet: RuleSet,
  named: readonly Entrance[],
  chains: ServiceChains,
): readonly Entrance[] {
  const known = new Set(named.map(keyOf));
  const own = new Set(
    named.flatMap((entrance) => {
      const verdict = mapOf(ruleSet, mapsFor(entrance).services).get(keyOf(entrance));
      const ways = Object.values(chains.ways(chainIn(verdict), entrance.address));
      return ways.flatMap(({ through, to }) => [...through, ...to]);
    }),
  );
  return [byAddress, byNodePort].flatMap(({ services }) =>
    [...mapOf(ruleSet, services)]
      .filter(([key, verdict]) => !known.has(key) && own.has(chainIn(verdict) ?? ""))
      .map(([key]) => entranceAt(key)),
  );
}

function entranceAt(key: string): Entrance {
  const [port = "", protocol = "", address] = key.split(" . ").reverse();
  const at = { protocol: protocol.toUpperCase(), port: Number(port) };
  return address === undefined ? { kind: "node port", ...at } : { kind: "external IP", address, ...at };
}
