/** The exchange between the data plane and the emulator outside AWS's API. AWS has such an exchange, too, invisible to customers. */
import type { Allocation } from "./addresses.ts";
import type { AwsFacts } from "./facts.ts";
import type { TargetHealth } from "./health.ts";

export interface TargetHealthReport extends Pick<TargetHealth, "state" | "reason" | "description"> {
  readonly targetGroupArn: string;
  readonly targetId: string;
  readonly port: number;
}

export class SideChannel {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** A text that changes with every change of the account. */
  async revision(): Promise<string> {
    return this.#get("revision");
  }

  /** The account in one answer: hundreds of load balancers would take seconds through the API. */
  async facts(): Promise<AwsFacts> {
    return JSON.parse(await this.#get("facts")) as AwsFacts;
  }

  /** Reports the programmed addresses, which makes the load balancers active. @returns false if one of them no longer exists */
  putLoadBalancers(allocations: readonly Allocation[]): Promise<boolean> {
    const body = allocations.map(({ loadBalancerArn, addresses }) => ({ loadBalancerArn, addresses }));
    return this.#put("load-balancers", body);
  }

  /** Reports the health of targets. @returns false if one of them no longer exists */
  putTargetHealth(reports: readonly TargetHealthReport[]): Promise<boolean> {
    return this.#put("target-health", reports);
  }

  async #get(what: string): Promise<string> {
    const response = await this.#call("GET", what);
    const text = await response.text();
    if (response.ok) return text;
    throw new Error(`GET /lab/${what}: ${response.status} ${text.slice(0, 200)}`);
  }

  async #put(what: string, body: unknown): Promise<boolean> {
    const response = await this.#call("PUT", what, JSON.stringify(body));
    const text = await response.text();
    if (response.ok || response.status === 404) return response.ok;
    throw new Error(`PUT /lab/${what}: ${response.status} ${text.slice(0, 200)}`);
  }

  #call(method: string, what: string, body?: string): Promise<Response> {
    return fetch(new URL(`/lab/${what}`, this.#endpoint), {
      method,
      signal: AbortSignal.timeout(5000),
      ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    });
  }
}
