/** A testbed without a lab: cluster, load balancers, program and traffic are simulated, by a clock that waits for nobody. */
import { features } from "../../../../../comparison/clouds/feature.ts";
import type { Feature } from "../../../../../comparison/clouds/feature.ts";
import type { BySide, Side } from "../../../../../comparison/result/bySide.ts";
import { sides } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import type { Target, Testbed } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import { declared, variantNames } from "../../../../../comparison/scenarios/testbed/variants.ts";
import type { VariantName } from "../../../../../comparison/scenarios/testbed/variants.ts";
import { conditions } from "../conditions.ts";
import { App } from "./apps.ts";
import { simulatedCloud } from "./cloud.ts";
import { simulatedCluster } from "./cluster.ts";
import { ExposureState } from "./exposure.ts";
import { startLoadsIn } from "./loads.ts";
import { askByTlsIn } from "./tls.ts";
import { clientAddress, Network } from "./network.ts";
import { physics, World } from "./world.ts";
import type { Physics } from "./world.ts";

/** What the parts of the simulation share. */
export interface Simulation {
  readonly world: World;
  readonly apps: BySide<App>;
  readonly exposures: readonly ExposureState[];
  readonly network: Network;
  readonly exposureOf: (target: Pick<Target, "service">) => ExposureState;
  /** Has the cloud's controller act on a Service, or on all. */
  readonly controllerActs: (exposure?: ExposureState) => void;
}

/** Runs something on a testbed that is healthy, and returns what it says. */
export async function simulated<T>(
  act: (testbed: Testbed) => Promise<T>,
  changes: Partial<Physics> = {},
): Promise<T> {
  const world = new World({ ...physics, ...changes });
  const testbed = testbedIn(world);
  return world.clock.run(async (clock) => {
    // Until every member is healthy.
    await clock.sleep((2 * world.physics.registration) / world.physics.timeScale);
    return act(testbed);
  });
}

function testbedIn(world: World): Testbed {
  const apps = { left: new App(world, "left"), right: new App(world, "right") };
  const exposures = sides.flatMap((side) =>
    variantNames.map((name) => new ExposureState(world, side, name, apps[side])),
  );
  const network = new Network(world, exposures);
  const exposure = (side: Side, name: VariantName): ExposureState => {
    const found = exposures.find((each) => each.side === side && each.variant === name);
    if (found === undefined) throw new Error(`${side} has no ${name}`);
    return found;
  };
  const controllerActs = (one?: ExposureState): void => {
    for (const each of one === undefined ? exposures : [one]) {
      if (each.side === "left" && each.type === "NodePort" && each.second === undefined) continue;
      world.afterUp(world.physics.controller, ["cloud controller", "API server", "cloud API"], () =>
        each.reconcile(),
      );
    }
  };
  for (const each of exposures) {
    each.declare(declared(each.variant, each.side));
    if (each.side === "left") each.provision();
    else each.reconcile();
  }
  if (world.physics.controllerWatchesCloud) {
    const watch = (): void => {
      for (const each of exposures) if (each.side === "right") each.reconcile();
      world.after(world.physics.controller, watch);
    };
    watch();
  }
  const simulation: Simulation = {
    world,
    apps,
    exposures,
    network,
    controllerActs,
    exposureOf: ({ service }) => {
      const [side, name] = service.split(" ") as [Side, VariantName];
      return exposure(side, name);
    },
  };
  const current = (name: VariantName): BySide<Target> => ({
    left: targetOf(exposure("left", name)),
    right: targetOf(exposure("right", name)),
  });
  let deployed = new Map(variantNames.map((name) => [name, current(name)]));
  return {
    features: new Set(Object.keys(features) as Feature[]),
    ...conditions(world.physics.timeScale),
    clock: world.clock,
    signal: new AbortController().signal,
    targets: (name) => deployed.get(name) ?? current(name),
    startLoads: startLoadsIn(world, network),
    askByTls: askByTlsIn(simulation),
    certificates: {
      // A certificate's name is its host.
      add: (host) => Promise.resolve(host),
      remove: () => Promise.resolve(),
    },
    resolve: (address) => Promise.resolve(network.resolve(address)),
    clientAddress,
    cluster: simulatedCluster(simulation),
    cloud: simulatedCloud(simulation),
    faults: faultsIn(simulation),
    report: () => undefined,
    async deploy(change, { refresh = false } = {}) {
      await world.clock.sleep(world.physics.update / 3);
      world.reach("API server");
      world.reach("cloud API");
      await world.clock.sleep((2 * world.physics.update) / 3);
      for (const each of exposures) {
        if (!each.declare(declared(each.variant, each.side, change), refresh)) continue;
        if (each.side === "left") each.provision();
        else controllerActs(each);
      }
      await world.clock.sleep(2 * world.physics.controller);
      deployed = new Map(variantNames.map((name) => [name, current(name)]));
    },
  };
}

function targetOf({ side, variant, balancer, ports }: ExposureState): Target {
  return {
    way: side,
    address: balancer?.address ?? "",
    namespace: side,
    service: `${side} ${variant}`,
    ports: Object.fromEntries(ports.map(({ name, port }) => [name, port])),
    nodePorts: Object.fromEntries(ports.map(({ name, nodePort }) => [name, nodePort])),
    deployment: side,
  };
}

function faultsIn({ world, apps, exposures, controllerActs }: Simulation): Testbed["faults"] {
  const done = (act: () => void): Promise<void> => {
    act();
    return Promise.resolve();
  };
  const nodeNamed = (name: string) => world.nodes.find((node) => node.name === name);
  const podsOn = (name: string) =>
    [apps.left, apps.right].flatMap((app) =>
      app.pods.filter(({ node }) => node.name === name).map((pod) => ({ app, pod })),
    );
  return {
    hold: (part) => done(() => world.held.add(part)),
    release: (part) => done(() => world.held.delete(part)),
    cut: (name) =>
      done(() => {
        const node = nodeNamed(name);
        if (node === undefined) return;
        node.cut = true;
        world.after(world.physics.nodeMonitor, () => {
          if (!node.cut) return;
          node.ready = false;
          for (const { app, pod } of podsOn(name)) {
            pod.ready = false;
            app.news();
          }
        });
      }),
    mend: (name) =>
      done(() => {
        const node = nodeNamed(name);
        if (!node?.cut) return;
        node.cut = false;
        world.after(1, () => {
          node.ready = true;
          for (const { app, pod } of podsOn(name)) {
            pod.ready = pod.serving;
            app.news();
          }
        });
      }),
    async addNode() {
      const node = world.addNode();
      for (const each of exposures) if (each.attachesGroup) each.register(node);
      await world.clock.sleep(3);
      controllerActs();
      for (const each of exposures) if (each.controllerRegisters) each.register(node);
      return { name: node.name };
    },
    removeNode: (name) =>
      done(() => {
        world.nodes.splice(
          world.nodes.findIndex((node) => node.name === name),
          1,
        );
        for (const { balancer } of exposures)
          for (const pool of balancer?.pools ?? [])
            pool.members = pool.members.filter(({ node }) => node.name !== name);
      }),
    killContainer: ({ name }) =>
      done(() => {
        const app = [apps.left, apps.right].find(({ pods }) => pods.some((pod) => pod.name === name));
        app?.killContainer(name);
      }),
  };
}
