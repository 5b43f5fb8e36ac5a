/**
 * Updates from any options of a NetworkLoadBalancer to any others, on a simulated account. They show that no update creates a second object
 * where AWS keeps one. They do not show what AWS itself does; the tests on the lab use its emulated API.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alias, ResourceTransformation } from "@pulumi/pulumi";
import { NetworkLoadBalancer } from "../../../../../components/index.ts";
import type { NetworkLoadBalancerArgs } from "../../../../../components/index.ts";
import { declare, network } from "../../core/declaring.ts";
import { Account } from "./account.ts";
import { allocate } from "./cluster.ts";
import type { AllocatedPort, DeclaredPort } from "./cluster.ts";
import { Stack } from "./engine.ts";
import type { Declared } from "./engine.ts";

type Options = Omit<NetworkLoadBalancerArgs, "ports" | "network"> & {
  readonly ports: readonly DeclaredPort[];
  readonly groups: boolean;
};

const http: DeclaredPort = { name: "http", port: 80, protocol: "TCP" };
const alt: DeclaredPort = { name: "alt", port: 8080, protocol: "TCP" };
const plain: Options = { ports: [http, alt], loadBalancerSourceRanges: ["203.0.113.0/24"], groups: false };

const declarations = new Map<string, Promise<readonly Declared[]>>();

/** A program declares the same for the same options and node ports, so it runs once for them. */
function resourcesOf(options: Options, ports: readonly AllocatedPort[]): Promise<readonly Declared[]> {
  const key = JSON.stringify([options, ports]);
  const resources = declarations.get(key) ?? declared(options, ports);
  declarations.set(key, resources);
  return resources;
}

async function declared(options: Options, ports: readonly AllocatedPort[]): Promise<readonly Declared[]> {
  const { groups, ...args } = options;
  const nodes = groups ? { ...network, autoscalingGroupNames: ["workers"] } : network;
  const formerNames = new Map<string, string[]>();
  const note: ResourceTransformation = ({ type, name, opts }) => {
    // The aws package adds aliases for former types.
    const names = (opts.aliases ?? []).flatMap((alias) => (alias as Alias).name ?? []);
    formerNames.set(`${type} ${name}`, names.map(String));
    return undefined;
  };
  const { resources } = await declare(
    () => new NetworkLoadBalancer("web", { ...args, ports, network: nodes }, { transformations: [note] }),
    { preview: false },
  );
  return resources.map((resource) => ({
    resource,
    formerNames: formerNames.get(`${resource.type} ${resource.name}`) ?? [],
  }));
}

/** A program, its cluster and its account. */
class Deployment {
  readonly account = new Account();
  readonly #stack = new Stack(this.account);
  #declared: readonly Declared[] = [];
  #ports: { live: readonly AllocatedPort[]; declared: readonly DeclaredPort[] } = { live: [], declared: [] };
  #free = 31000;

  get created(): number {
    return this.#stack.created;
  }

  get ports(): readonly AllocatedPort[] {
    return this.#ports.live;
  }

  /** @param step called after each change of the account */
  async update(options: Options, step?: () => void): Promise<void> {
    const live = allocate(options.ports, this.#ports, () => this.#free++);
    this.#ports = { live, declared: options.ports };
    this.#declared = await resourcesOf(options, live);
    this.#stack.update(this.#declared, step);
  }

  /** What a first update makes of the same resources. */
  madeAfresh(): Account {
    return madeOf(this.#declared);
  }
}

function madeOf(declared: readonly Declared[]): Account {
  const account = new Account();
  new Stack(account).update(declared);
  return account;
}

/** Without the load balancer's own id. */
const listenersOf = ({ listeners }: Account) =>
  Object.entries(listeners).map(([listener, forwards]) => [listener.split(" ").at(-1), forwards]);

function assertComplete(deployment: Deployment): void {
  const fresh = deployment.madeAfresh();
  assert.deepEqual(deployment.account.rules, fresh.rules);
  assert.deepEqual(listenersOf(deployment.account), listenersOf(fresh));
  assert.equal(deployment.account.targetGroupCount, fresh.targetGroupCount);
  assert.equal(deployment.account.securityGroupCount, fresh.securityGroupCount);
}

const renamed: Options = { ...plain, ports: [{ ...http, name: "web" }, alt] };
const exchangedNames: Options = {
  ...plain,
  ports: [
    { ...http, name: "alt" },
    { ...alt, name: "http" },
  ],
};
const withNodePorts = (first: number, second: number): Options => ({
  ...plain,
  ports: [
    { ...http, nodePort: first },
    { ...alt, nodePort: second },
  ],
});

/** The rules of given groups say who may connect. */
function withSecurityGroups(
  options: Options,
  securityGroups: "own" | readonly string[] | undefined,
): Options {
  const { securityGroups: _, ...others } = options;
  if (securityGroups === undefined) return others;
  return { ...others, securityGroups, ...(securityGroups === "own" ? {} : { loadBalancerSourceRanges: [] }) };
}
const own = withSecurityGroups(plain, "own");

const bothProtocols: Options = {
  ...withNodePorts(30080, 30081),
  ports: withNodePorts(30080, 30081).ports.flatMap(withPartner),
};

/** Pairs that a name after a label, or after the listener alone, would break. */
const hardPairs: readonly [Options, Options][] = [
  [plain, renamed],
  [plain, exchangedNames],
  // The node port stays by the port's name.
  [plain, { ...plain, ports: [{ ...http, port: 81 }, alt] }],
  [plain, { ...plain, ports: [{ ...http, protocol: "UDP" }, alt], healthCheck: { port: 10256 } }],
  // The clients' ranges become a health check's.
  [plain, { ...plain, loadBalancerSourceRanges: ["10.0.0.0/20"] }],
  [plain, { ...plain, loadBalancerSourceRanges: ["10.0.0.0/19"] }],
  [withNodePorts(30080, 30081), withNodePorts(30081, 30080)],
  [withNodePorts(30080, 30081), plain],
  [withNodePorts(30080, 30081), { ...withNodePorts(30081, 30082), healthCheck: { port: 30080 } }],
  [withNodePorts(30080, 30081), bothProtocols],
  [bothProtocols, withNodePorts(30081, 30080)],
  [plain, own],
  [plain, withSecurityGroups(plain, ["sg-8"])],
  [own, withSecurityGroups(plain, ["sg-8", "sg-9"])],
  [withSecurityGroups(plain, ["sg-8"]), withSecurityGroups(plain, ["sg-9"])],
  [own, { ...own, healthCheck: { port: 10256 }, loadBalancerSourceRanges: ["0.0.0.0/0"] }],
  [
    withSecurityGroups(withNodePorts(30080, 30081), "own"),
    withSecurityGroups({ ...withNodePorts(30081, 30082), healthCheck: { port: 30080 } }, "own"),
  ],
];

const port = fc.record({
  port: fc.constantFrom(80, 81, 443, 8080),
  name: fc.constantFrom("http", "web", "alt", "80", "8080"),
  protocol: fc.constantFrom("TCP", "UDP"),
  nodePort: fc.option(fc.constantFrom(30080, 30081, 30082), { nil: undefined }),
});

/** TCP and UDP on one number have the same node port for certain only if it is set. */
function withPartner(port: DeclaredPort): DeclaredPort[] {
  if (port.nodePort === undefined) return [port];
  const protocol = port.protocol === "TCP" ? "UDP" : "TCP";
  return [port, { ...port, name: `${port.name}-2`, protocol }];
}

const anyOptions: fc.Arbitrary<Options> = fc
  .record({
    ports: fc.uniqueArray(port, {
      minLength: 1,
      maxLength: 4,
      comparator: (a, b) =>
        a.port === b.port || a.name === b.name || (a.nodePort !== undefined && a.nodePort === b.nodePort),
    }),
    loadBalancerSourceRanges: fc.uniqueArray(
      fc.constantFrom("0.0.0.0/0", "10.0.0.0/19", "10.0.0.0/20", "10.0.16.0/20", "203.0.113.0/24"),
      { minLength: 1, maxLength: 3 },
    ),
    healthCheckPort: fc.constantFrom("traffic-port" as const, 10256, 30080),
    scheme: fc.constantFrom("internet-facing" as const, "internal" as const),
    sharedNodeRules: fc.boolean(),
    groups: fc.boolean(),
    both: fc.boolean(),
    securityGroups: fc.constantFrom(undefined, "own" as const, ["sg-8"], ["sg-9", "sg-8"]),
  })
  .map(({ healthCheckPort, ports: given, both, securityGroups, ...options }) => {
    const alone = given.map(({ nodePort, ...rest }): DeclaredPort =>
      nodePort === undefined ? rest : { ...rest, nodePort },
    );
    const ports = both ? alone.flatMap(withPartner) : alone;
    const udp = ports.some(({ protocol }) => protocol === "UDP");
    const checkPort = udp && healthCheckPort === "traffic-port" ? 10256 : healthCheckPort;
    const made = {
      ...options,
      healthCheck: { port: checkPort },
      ports,
    };
    return withSecurityGroups(made, securityGroups);
  });

describe("an update of a NetworkLoadBalancer", () => {
  it("succeeds from any options to any others and back, and leaves exactly what a first update makes", async () => {
    await fc.assert(
      fc.asyncProperty(anyOptions, anyOptions, async (first, second) => {
        const deployment = new Deployment();
        for (const options of [first, second, first]) {
          await deployment.update(options);
          assertComplete(deployment);
        }
      }),
      { numRuns: 16, examples: [...hardPairs] },
    );
  }).timeout(60_000);

  it("never takes targets or rules from a listener that stays as it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyOptions, anyOptions, async (first, changed) => {
        const { scheme, groups, securityGroups } = first;
        // These replace the load balancer, or its target groups.
        const isReplaced = (securityGroups === undefined) !== (changed.securityGroups === undefined);
        const second = {
          ...(isReplaced
            ? withSecurityGroups({ ...changed, loadBalancerSourceRanges: ["10.0.0.0/20"] }, securityGroups)
            : changed),
          ...(scheme === undefined ? {} : { scheme }),
          groups,
        };
        const deployment = new Deployment();
        await deployment.update(first);
        const { account } = deployment;
        const listeners = Object.entries(account.listeners);
        const rules = new Set(account.rules);
        const fresh = allocate(second.ports, { live: deployment.ports, declared: first.ports }, () => 32000);
        const stays = madeOf(await resourcesOf(second, fresh));
        const kept = listeners.filter((listener) =>
          listenersOf(stays).some(
            ([number, forwards]) => listener[0].endsWith(` ${number!}`) && forwards === listener[1],
          ),
        );
        const keptRules = stays.rules.filter((rule) => rules.has(rule));
        await deployment.update(second, () => {
          for (const [listener, forwards] of kept) assert.equal(account.listeners[listener], forwards);
          const open = new Set(account.rules);
          for (const rule of keptRules) assert.ok(open.has(rule), rule);
        });
      }),
      { numRuns: 12, examples: [...hardPairs] },
    );
  }).timeout(60_000);

  const namesOnly: Readonly<Record<string, Options>> = {
    "a port's name": renamed,
    "the names of two ports, exchanged": exchangedNames,
  };
  for (const [change, options] of Object.entries(namesOnly)) {
    it(`creates nothing for ${change}`, async () => {
      const deployment = new Deployment();
      await deployment.update(plain);
      const { created } = deployment;
      await deployment.update(options);
      assert.equal(deployment.created, created);
    });
  }

  it("takes over the resources of a stack that an earlier version of the components named", async () => {
    const account = new Account();
    const stack = new Stack(account);
    const ports = [
      { ...http, nodePort: 31000 },
      { ...alt, nodePort: 31001 },
    ];
    const now = await resourcesOf({ ...plain, healthCheck: { port: 10256 } }, ports);
    const named = now.map(({ resource, formerNames }) => ({
      resource: { ...resource, name: formerNames[0] ?? resource.name },
      formerNames: [],
    }));
    // The earlier names, so that a change of the aliases is noticed.
    assert.deepEqual(named.map(({ resource }) => resource.name).sort(), [
      "web",
      "web",
      "web-alt",
      "web-alt",
      "web-alt-i-1",
      "web-alt-i-2",
      "web-clients-alt-203.0.113.0/24",
      "web-clients-http-203.0.113.0/24",
      "web-health-10256-10.0.0.0/20",
      "web-health-10256-10.0.16.0/20",
      "web-http",
      "web-http",
      "web-http-i-1",
      "web-http-i-2",
      "web-mtu-203.0.113.0/24",
    ]);
    const renamed = named.map(({ resource, ...rest }) => ({
      ...rest,
      resource: { ...resource, inputs: withFormerArns(resource.inputs, ports) },
    }));
    stack.update(renamed);
    const { created } = stack;
    stack.update(now);
    assert.equal(stack.created, created);
  });
});

/** The mocks' ARNs have a target group's name. */
function withFormerArns(
  inputs: Readonly<Record<string, unknown>>,
  ports: readonly AllocatedPort[],
): Record<string, unknown> {
  return JSON.parse(JSON.stringify(inputs), (_key, value: unknown) => {
    const found = ports.find(({ port }) => value === `arn:tg:web-${port}`);
    return found === undefined ? value : `arn:tg:web-${found.name}`;
  }) as Record<string, unknown>;
}
