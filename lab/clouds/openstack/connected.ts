/** The lab's OpenStack at work: starts its services and keeps the nodes' ports. */
import { join } from "node:path";
import { writeWhole } from "../../files.ts";
import { nodes, spareNodes } from "../../layout.ts";
import type { NodeLayout } from "../../layout.ts";
import { until } from "../../until.ts";
import type { CloudAccount, CloudRun, ConnectedCloud, Machine } from "../cloud.ts";
import { openApi } from "./api.ts";
import type { Api } from "./api.ts";
import { cloudControllerFlags } from "../cloudController.ts";
import { cloudConfig, controller } from "./controller/controller.ts";
import { provideDataBases } from "./dataBases.ts";
import { listeningLoadBalancers } from "./entries.ts";
import { apiInside, services } from "./layout.ts";
import type { Service } from "./layout.ts";
import { deleteMachine, listMachines, machine, makeMachine } from "./machines.ts";
import {
  apiCommand,
  apiConfiguration,
  driverAgentCommand,
  serviceCommand,
  servicesAnswer,
} from "./services.ts";
import type { ServicePlace } from "./services.ts";

/** Generous, for machines that are busy with a build. */
const apiTimeoutMs = 180_000;
const apiProcess = "openstack-api";
const driverAgent = "octavia-driver-agent";

const placeOf = ({ state, python, apiUrl }: CloudRun): ServicePlace => ({
  python,
  directory: join(state, "openstack"),
  apiUrl,
});

export const connectedOpenStack: ConnectedCloud = {
  async startApi(run) {
    const place = placeOf(run);
    provideDataBases(run.prepared, place.directory);
    for (const service of Object.keys(services) as Service[])
      run.start(service, serviceCommand(service, place));
    const configuration = join(place.directory, "api.cfg");
    writeWhole(configuration, apiConfiguration());
    run.start(apiProcess, apiCommand(configuration));
    const answer = (): Promise<boolean> => {
      for (const name of [...Object.keys(services), apiProcess]) run.throwIfFailing(name);
      return servicesAnswer();
    };
    await until("the OpenStack APIs", answer, apiTimeoutMs, { pauseMs: 200 });
  },
  async furnish(run) {
    const api = openApi(apiInside);
    const there = await listMachines(api);
    // A spare node's machine that an earlier run has left.
    for (const { name, device_id } of there)
      if (spareNodes.some((spare) => spare.name === name)) await deleteMachine(api, device_id);
    const machines = new Map<string, Machine>();
    for (const node of nodes) {
      const port = there.find(({ name }) => name === node.name) ?? (await makeMachine(api, node));
      machines.set(node.name, machine(node, port));
    }
    return new OpenStackProject(run, api, machines);
  },
  loadBalancers: listeningLoadBalancers,
};

class OpenStackProject implements CloudAccount {
  readonly #run: CloudRun;
  readonly #api: Api;
  readonly #machines: ReadonlyMap<string, Machine>;

  constructor(run: CloudRun, api: Api, machines: ReadonlyMap<string, Machine>) {
    this.#run = run;
    this.#api = api;
    this.#machines = machines;
  }

  machineOf(node: NodeLayout): Machine {
    const found = this.#machines.get(node.name);
    if (found === undefined) throw new Error(`the project has no port for ${node.name}`);
    return found;
  }

  async addMachine(node: NodeLayout): Promise<Machine> {
    return machine(node, await makeMachine(this.#api, node));
  }

  removeMachine({ id }: Machine): Promise<void> {
    return deleteMachine(this.#api, id);
  }

  startLoadBalancing(): void {
    this.#run.start(driverAgent, driverAgentCommand(placeOf(this.#run)));
  }

  controllerObjects(): readonly object[] {
    return [];
  }

  startControllers(...[{ kubeconfigs }]: Parameters<CloudAccount["startControllers"]>): Promise<void> {
    const configuration = join(kubeconfigs, "cloud.conf");
    writeWhole(configuration, cloudConfig());
    this.#run.start(controller.name, {
      program: join(this.#run.programs ?? "", controller.name),
      args: cloudControllerFlags("openstack", {
        kubeconfig: join(kubeconfigs, "cloud-controller-manager"),
        cloudConfig: configuration,
      }),
    });
    return Promise.resolve();
  }
}
