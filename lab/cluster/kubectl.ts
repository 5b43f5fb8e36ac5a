/** The supervisor's view of the cluster, through kubectl. */
import { request } from "node:https";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tools/command.ts";
import { apiServerAddress } from "./controlPlane.ts";

/** Whether the API server is ready to serve; https://kubernetes.io/docs/reference/using-api/health-checks/ */
export function apiServerIsReady(certificates: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = request(
      {
        ...apiServerAddress,
        path: "/readyz",
        ca: readFileSync(join(certificates, "ca.crt")),
        timeout: 1_000,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    ask.on("error", () => {
      resolve(false);
    });
    ask.on("timeout", () => ask.destroy());
    ask.end();
  });
}

export class Kubectl {
  readonly #bin: string;
  readonly #kubeconfig: string;

  constructor(bin: string, kubeconfig: string) {
    this.#bin = bin;
    this.#kubeconfig = kubeconfig;
  }

  async apply(manifest: object): Promise<void> {
    await this.#run(["apply", "--server-side", "--force-conflicts", "-f", "-"], JSON.stringify(manifest));
  }

  /** Deletes all objects of these kinds that have the label. */
  async deleteLabelled(kinds: readonly string[], label: string): Promise<void> {
    await this.#run(["delete", kinds.join(","), `--selector=${label}`, "--all-namespaces"]);
  }

  async nodes(): Promise<readonly NodeObject[]> {
    const list = JSON.parse(await this.#run(["get", "nodes", "--output", "json"])) as { items: NodeObject[] };
    return list.items;
  }

  /** Deletes a Node if it exists. Kubernetes' pod garbage collector deletes its pods. */
  async deleteNode(name: string): Promise<void> {
    await this.#run(["delete", "node", name, "--ignore-not-found"]);
  }

  /** Deletes the pods of a node that no longer exists, as the pod garbage collector does after a minute. */
  async deletePodsOf(node: string): Promise<void> {
    const there = ["--all-namespaces", `--field-selector=spec.nodeName=${node}`];
    await this.#run(["delete", "pods", ...there, "--force", "--grace-period=0", "--wait=false"]);
  }

  #run(args: readonly string[], input = ""): Promise<string> {
    return run(join(this.#bin, "kubectl"), ["--kubeconfig", this.#kubeconfig, ...args], { input });
  }
}

/** The part of a Node that shows whether its kubelet works. */
export interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastHeartbeatTime?: string;
    }[];
  };
}

/**
 * Names of the nodes whose kubelet has reported Ready since `before` was read. An unchanged report is from an earlier start and was restored from etcd. Clocks
 * cannot tell which report is older: they may have been set in between.
 */
export function readyNodes(nodes: readonly NodeObject[], before: readonly NodeObject[]): string[] {
  const known = new Map(before.map((node) => [node.metadata.name, readiness(node)?.lastHeartbeatTime]));
  return nodes.flatMap((node) => {
    const { name } = node.metadata;
    const ready = readiness(node);
    return ready?.status === "True" && ready.lastHeartbeatTime !== known.get(name) ? [name] : [];
  });
}

const readiness = ({ status }: NodeObject) => status.conditions?.find(({ type }) => type === "Ready");
