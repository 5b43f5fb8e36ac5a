/**
 * Nodes that join the running cluster and leave it, as a group of machines and the cluster's own tools would do it.
 *
 * A node's machine exists in the cloud before the node is Ready. A node leaves as one that nobody drained: its Node goes, whereupon the cloud controller
 * deregisters it, and its machine goes.
 */
import type { Machine } from "../clouds/cloud.ts";
import type { AddedNode } from "../control/requests.ts";
import { nodeDemand, requireFreeInstances } from "../inotify.ts";
import { nodes, spareNodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { CutLinks } from "../network/cut.ts";
import { addToNetwork, removeFromNetwork } from "../network/network.ts";
import { CommandError } from "../tools/command.ts";
import { joinCluster, nodesReady, startNode, stopNode } from "./nodes.ts";
import type { StartedLab } from "./start.ts";

export interface SpareNodeParts extends StartedLab {
  readonly links: CutLinks;
}

export class SpareNodes {
  readonly #parts: SpareNodeParts;
  /** Machines by the names of the nodes that have joined. */
  readonly #joined = new Map<string, Machine>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: SpareNodeParts) {
    this.#parts = parts;
  }

  /** The spare nodes that have joined. */
  get nodes(): readonly NodeLayout[] {
    return spareNodes.filter(({ name }) => this.#joined.has(name));
  }

  /** Resolves once the next spare node is Ready. If it fails, nothing of the node is left. */
  add(): Promise<AddedNode> {
    return this.#inTurn(() => this.#add());
  }

  /** Resolves once nothing of the node is left. May be repeated if it failed. */
  remove(name: string): Promise<void> {
    return this.#inTurn(() => this.#remove(name));
  }

  async #add(): Promise<AddedNode> {
    const node = spareNodes.find(({ name }) => !this.#joined.has(name));
    if (node === undefined) throw new Error(everyNodeJoined(this.nodes));
    const { kubectl, account } = this.#parts;
    await requireFreeInstances(nodeDemand);
    // An existing Node of this name would keep its former machine. This also finds a cluster that does not answer before anything is made.
    await explained(`${node.name} was not added: the Kubernetes API`, () => kubectl.deleteNode(node.name));
    const machine = await explained(`${node.name} was not added: the cloud's API`, () =>
      account.addMachine(node),
    );
    this.#joined.set(node.name, machine);
    try {
      await addToNetwork(node);
      await startNode(node, this.#parts);
      joinCluster(node, machine, this.#parts);
      await explained(`${node.name} was not added: the cluster`, () =>
        nodesReady(kubectl, { nodes: [node], before: [] }),
      );
    } catch (error) {
      for (const step of this.#departure(node, machine)) await step().catch(() => undefined);
      this.#joined.delete(node.name);
      throw error;
    }
    return { name: node.name, instanceId: machine.id };
  }

  async #remove(name: string): Promise<void> {
    const node = this.nodes.find((joined) => joined.name === name);
    const machine = this.#joined.get(name);
    if (node === undefined || machine === undefined) throw new Error(notJoined(name, this.nodes));
    for (const step of this.#departure(node, machine)) {
      await explained(`${name} was not removed`, step);
    }
    this.#joined.delete(name);
  }

  /** The steps that remove a node, in order. */
  #departure(node: NodeLayout, machine: Machine): readonly (() => Promise<void>)[] {
    const { kubectl, account, links } = this.#parts;
    return [
      () => kubectl.deleteNode(node.name),
      () => account.removeMachine(machine),
      () => links.mend(node.name),
      () => stopNode(node, this.#parts),
      () => removeFromNetwork(node),
    ];
  }

  /** One node joins or leaves at a time. */
  #inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const namesOf = (list: readonly NodeLayout[]): string => list.map(({ name }) => name).join(", ");

const everyNodeJoined = (joined: readonly NodeLayout[]): string =>
  `every spare node has joined: ${namesOf(joined)}; remove one with: npm run lab -- remove-node ${joined[0]?.name ?? ""}`;

function notJoined(name: string, joined: readonly NodeLayout[]): string {
  if (nodes.some((node) => node.name === name))
    return `${name} is one of the lab's own nodes, which stay; only spare nodes can be removed: ${namesOf(spareNodes)}`;
  return `there is no spare node "${name}" to remove; ${joined.length === 0 ? "none has joined" : `there is ${namesOf(joined)}`}`;
}

/** Adds to an error what failed. */
async function explained<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const reason = error instanceof CommandError ? error.output : (error as Error).message;
    throw new Error(`${what}: ${reason}`, { cause: error });
  }
}
