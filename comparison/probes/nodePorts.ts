/** Asks each node's address at each node port of a Service, like a client without a load balancer. */
import { HttpStatusError } from "../traffic/http.ts";
import type { Transport } from "../traffic/http.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import { answered, failure } from "./asked.ts";
import type { NodePortAnswer, NodePortTarget } from "./probes.ts";

/** In a large cluster, a few nodes represent the rest: thousands of requests at once would be a load test. */
const mostNodes = 20;

/** A firewall drops what it does not let in, so this is how long a closed port takes. Linux tries to connect at once, after 1 s and after 3 s. */
const timeoutSeconds = 3.5;

/** The nodes' addresses and TCP node ports. None in a plan, which does not know the node ports yet. */
export function nodePortTargets({ cluster }: Facts, { service }: Exposure): NodePortTarget[] {
  const ports = (factsIn(service)?.ports ?? []).flatMap(({ protocol, nodePort }) =>
    protocol === "TCP" && typeof nodePort === "number" ? [nodePort] : [],
  );
  const nodes = (factsIn(cluster)?.nodes ?? []).slice(0, mostNodes);
  return nodes.flatMap(({ name, address }) => ports.map((port) => ({ node: name, address, port })));
}

/** @param transportTo makes the transport to a URL */
export function askNodePorts(
  targets: readonly NodePortTarget[],
  transportTo: (url: string) => Transport,
): Promise<NodePortAnswer[]> {
  return Promise.all(
    targets.map(async (target) => ({ ...target, outcome: await askOne(target, transportTo) })),
  );
}

async function askOne(
  { address, port }: NodePortTarget,
  transportTo: (url: string) => Transport,
): Promise<NodePortAnswer["outcome"]> {
  const host = address.includes(":") ? `[${address}]` : address;
  try {
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const [pod = "", client = ""] = await transportTo(`http://${host}:${port}`)(
      ["/hostname", "/clientip"],
      timeout,
    );
    return answered({ pod: pod.trim(), clientAddress: client.trim().replace(/:\d+$/, "") });
  } catch (error) {
    // Another app has other paths. Any answer counts.
    if (error instanceof HttpStatusError) return answered({ pod: null, clientAddress: null });
    if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED")
      return { kind: "refused", message: "connection refused" };
    return failure(error, timeoutSeconds);
  }
}
