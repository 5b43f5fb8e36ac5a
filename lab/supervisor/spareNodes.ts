/**
 * Nodes that join the running cluster and leave it: what an Auto Scaling group and the cluster's own tools would do.
 *
 * A node joins as a new EC2 instance does, with the cluster's tag and security group, in the nodes' Auto Scaling group before it is Ready. It leaves as one
 * that nobody drained: its Node goes, upon which the cloud controller deregisters it, and its group terminates the instance.
 */
import { withAws } from "../clouds/aws/account/clients.ts";
import { runInstance } from "../clouds/aws/account/instances.ts";
import { joinNodeGroup, terminateNode } from "../clouds/aws/account/nodeGroup.ts";
import type { AddedNode } from "../control/requests.ts";
import { nodeDemand, requireFreeInstances } from "../inotify.ts";
import { awsEndpoint, nodes, spareNodes } from "../layout.ts";
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
  /** Instance ids by the names of the nodes that have joined. */
  readonly #joined = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: SpareNodeParts) {}

  /** Those that have joined. */
  get nodes(): readonly NodeLayout[] {
    return spareNodes.filter(({ name }) => this.#joined.has(name));
  }

  /** Resolves once the next spare node is Ready; what was made of it is taken away if it can't be. */
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
    const { kubectl, instances } = this.parts;
    await requireFreeInstances(nodeDemand);
    // A Node of this name would keep its former instance; and a cluster that does not answer is found before anything is made.
    await reach(`${node.name} was not added: the Kubernetes API`, () => kubectl.deleteNode(node.name));
    const instanceId = await reach(`${node.name} was not added: the AWS API`, () =>
      withAws(awsEndpoint, ({ ec2 }) => runInstance(ec2, instances, node)),
    );
    this.#joined.set(node.name, instanceId);
    try {
      await reach(`${node.name} was not added: the AWS API`, () =>
        withAws(awsEndpoint, ({ autoScaling }) => joinNodeGroup(autoScaling, [instanceId])),
      );
      await addToNetwork(node);
      await startNode(node, this.parts);
      joinCluster(node, instanceId, this.parts);
      await reach(`${node.name} was not added: the cluster`, () =>
        // Nothing of it was there before.
        nodesReady(kubectl, { nodes: [node], before: [] }),
      );
    } catch (error) {
      for (const step of this.#departure(node, instanceId)) await step().catch(() => undefined);
      this.#joined.delete(node.name);
      throw error;
    }
    return { name: node.name, instanceId };
  }

  async #remove(name: string): Promise<void> {
    const node = this.nodes.find((joined) => joined.name === name);
    const instanceId = this.#joined.get(name);
    if (node === undefined || instanceId === undefined) throw new Error(notJoined(name, this.nodes));
    for (const step of this.#departure(node, instanceId)) {
      await reach(`${name} was not removed`, step);
    }
    this.#joined.delete(name);
  }

  /** What takes a node away, in order. */
  #departure(node: NodeLayout, instanceId: string): readonly (() => Promise<void>)[] {
    const { kubectl, links } = this.parts;
    return [
      () => kubectl.deleteNode(node.name),
      () => withAws(awsEndpoint, (clients) => terminateNode(clients, instanceId)),
      () => links.mend(node.name),
      () => stopNode(node, this.parts),
      () => removeFromNetwork(node),
    ];
  }

  /** One node comes or goes at a time. */
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

/** Says in an error what was being done. */
async function reach<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const reason = error instanceof CommandError ? error.output : (error as Error).message;
    throw new Error(`${what}: ${reason}`, { cause: error });
  }
}
