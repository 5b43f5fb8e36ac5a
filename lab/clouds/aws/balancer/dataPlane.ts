/** The data plane's loop: read the API, program the kernel, report; one step at a time. */
import { allocate } from "./addresses.ts";
import type { Allocation } from "./addresses.ts";
import { Checker } from "./checker.ts";
import type { WatchTarget } from "./checker.ts";
import type { Clocks } from "./clocks.ts";
import type { AwsFacts, TargetFacts } from "./facts.ts";
import { fromApi } from "./health.ts";
import { KernelError } from "./kernel.ts";
import { buildModel, targetKey, zoneHealthy } from "./model.ts";
import type { Model, TargetModel } from "./model.ts";
import type { Proxy } from "./proxy/envoy.ts";
import type { Programmer } from "./programmer.ts";
import { isInZone } from "./routing.ts";
import type { SideChannel } from "./sideChannel.ts";
import { writeState } from "./state.ts";

export interface DataPlaneParts {
  readonly sideChannel: SideChannel;
  readonly programmer: Programmer;
  readonly clocks: Clocks;
  readonly stateFile: string;
  readonly publicCidr: string;
  /** The addresses that load balancers had before a restart. */
  readonly allocations: readonly Allocation[];
  readonly log: (line: string) => void;
  /** Without it, TLS listeners are not served. */
  readonly proxy?: Pick<Proxy, "serve" | "stop">;
}

const pollMs = 333;
/** Consecutive failed polls before a log line: deleting a load balancer between two calls makes one fail. */
const patience = 3;

export class DataPlane {
  readonly #parts: DataPlaneParts;
  readonly #checker: Checker;
  #allocations: readonly Allocation[];
  #facts: AwsFacts | undefined;
  #model: Model = { loadBalancers: [], targets: [] };
  #revision: string | undefined;
  #due = false;
  #wake: () => void = () => undefined;
  #state = "";
  #reportedAddresses = "";
  readonly #reportedHealth = new Map<string, string>();
  readonly #complaints = new Map<string, { count: number; text: string }>();

  constructor(parts: DataPlaneParts) {
    this.#parts = parts;
    this.#allocations = parts.allocations;
    this.#checker = new Checker(parts.clocks, (key, { state, reason }) => {
      const [, id = "", port = ""] = key.split("|");
      if (state !== "initial") parts.log(`target ${id}:${port} is ${state}${reason && ` (${reason})`}`);
      this.#due = true;
      this.#wake();
    });
  }

  /** Runs until the signal. Leaves everything programmed, so that traffic continues. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => {
      this.#wake();
    });
    while (!signal.aborted) {
      const started = performance.now();
      await this.#try("read", () => this.#read());
      if (this.#due && this.#facts !== undefined) await this.#try("program", () => this.#program());
      if (this.#facts !== undefined) await this.#try("report", () => this.#report());
      const rest = pollMs - (performance.now() - started);
      if (!this.#due && rest > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, rest);
          this.#wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (signal.aborted) this.#wake();
        });
      }
    }
    this.#checker.stop();
    this.#parts.proxy?.stop();
  }

  async #read(): Promise<void> {
    const { sideChannel, publicCidr } = this.#parts;
    const revision = await sideChannel.revision();
    if (revision === this.#revision) return;
    const facts = await sideChannel.facts();
    this.#allocations = allocate(this.#allocations, facts, publicCidr);
    this.#facts = facts;
    this.#revision = revision;
    this.#due = true;
  }

  async #program(): Promise<void> {
    const facts = this.#facts;
    if (facts === undefined) return;
    this.#due = false;
    const { programmer, proxy } = this.#parts;
    const inApi = statesInApi(facts);
    const model = buildModel(
      facts,
      this.#allocations,
      (key) => this.#checker.health(key) ?? fromApi(inApi.get(key) ?? ""),
      proxy !== undefined,
    );
    this.#checker.watch(checks(model, inApi));
    await programmer.program(facts, model, proxy && (() => proxy.serve(model)));
    this.#tell(model);
    this.#model = model;
    this.#writeState(model, facts);
    // A restarted emulator may have lost reports; they are repeated.
    for (const [key, state] of inApi) {
      if (this.#checker.health(key)?.state !== state) this.#reportedHealth.delete(key);
    }
    if (facts.loadBalancers.some(({ state }) => state === "provisioning")) this.#reportedAddresses = "";
  }

  async #report(): Promise<void> {
    const { sideChannel } = this.#parts;
    const addresses = JSON.stringify(this.#allocations);
    if (addresses !== this.#reportedAddresses) {
      if (await sideChannel.putLoadBalancers(this.#allocations)) this.#reportedAddresses = addresses;
    }
    // Reports what is programmed, not what was found out meanwhile: a target reported healthy shall already get flows.
    const news = this.#model.targets.flatMap(({ draining, group, id, port, health }) => {
      const key = targetKey(group.arn, { id, port });
      if (draining) return [];
      const { state, reason, description } = health;
      return this.#reportedHealth.get(key) === `${state} ${reason}`
        ? []
        : [{ key, targetGroupArn: group.arn, targetId: id, port, state, reason, description }];
    });
    if (news.length === 0) return;
    const reports = news.map(({ key: _key, ...report }) => report);
    if (await sideChannel.putTargetHealth(reports)) {
      for (const { key, state, reason } of news) this.#reportedHealth.set(key, `${state} ${reason}`);
    }
  }

  #tell(model: Model): void {
    const before = new Map(this.#model.loadBalancers.map((balancer) => [balancer.arn, describe(balancer)]));
    for (const balancer of model.loadBalancers) {
      const now = describe(balancer);
      if (before.get(balancer.arn) !== now) this.#parts.log(now);
      before.delete(balancer.arn);
    }
    for (const [, gone] of before) this.#parts.log(`${gone.split(":")[0] ?? gone} is deleted`);
  }

  #writeState(model: Model, { records }: AwsFacts): void {
    const loadBalancers = this.#allocations.map((allocation) => {
      const balancer = model.loadBalancers.find(({ arn }) => arn === allocation.loadBalancerArn);
      const addresses = allocation.addresses.map((address) => ({
        ...address,
        healthy: balancer !== undefined && zoneHealthy(balancer, address),
      }));
      return { ...allocation, addresses };
    });
    const state = { loadBalancers, records };
    const text = JSON.stringify(state);
    if (text === this.#state) return;
    writeState(this.#parts.stateFile, state);
    this.#state = text;
  }

  /** Repeats a failed step in the next round. Logs the failure once, and the recovery once. */
  async #try(step: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
      if ((this.#complaints.get(step)?.count ?? 0) >= patience) this.#parts.log(`${step}: works again`);
      this.#complaints.delete(step);
    } catch (error) {
      if (error instanceof KernelError) throw error;
      const text = reason(error);
      const count = (this.#complaints.get(step)?.count ?? 0) + 1;
      this.#complaints.set(step, { count, text });
      if (step === "program") this.#due = true;
      if (count === patience) this.#parts.log(`${step} failed, the rules stay as they are: ${text}`);
      if (step !== "read") await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}

function statesInApi(facts: AwsFacts): Map<string, string> {
  return new Map(
    facts.targetGroups.flatMap(({ arn, targets }) =>
      targets.map((target: TargetFacts) => [targetKey(arn, target), target.state] as const),
    ),
  );
}

/** What to check: every target except those being deregistered, from the load balancer's address in its zone. */
function checks(
  { loadBalancers, targets }: Model,
  inApi: ReadonlyMap<string, string>,
): Map<string, WatchTarget> {
  return new Map(
    targets
      .filter(({ draining }) => !draining)
      .flatMap((target) => {
        const zones = loadBalancers.find(({ arn }) => arn === target.loadBalancerArn)?.addresses;
        const from = zones?.find(({ zone }) => isInZone(target, zone))?.privateAddress;
        if (from === undefined) return [];
        const key = targetKey(target.group.arn, target);
        return [[key, watchTarget(target, from, inApi.get(key) ?? "")] as const];
      }),
  );
}

function watchTarget(target: TargetModel, from: string, stateInApi: string): WatchTarget {
  const { address, port, listenerPort, group } = target;
  const { healthCheck, attributes } = group;
  return {
    ...healthCheck,
    unhealthyDrainingSeconds: Number(
      attributes["target_health_state.unhealthy.draining_interval_seconds"] ?? 0,
    ),
    from,
    listenerPort,
    address,
    port: healthCheck.port === "traffic-port" ? port : Number(healthCheck.port),
    stateInApi,
  };
}

function describe({ name, addresses, listeners, lacks }: Model["loadBalancers"][number]): string {
  const zones = addresses.map(({ zone, address }) => `${address} (${zone})`).join(", ");
  const ports = [...new Set(listeners.map(({ protocol, port }) => `${protocol} ${port}`))].join(", ");
  return [`load balancer ${name}: ${zones}`, ports === "" ? "no listener" : ports, ...lacks].join("; ");
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message || error.name}${cause}`;
}
