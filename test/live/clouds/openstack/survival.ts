/** What a lab of OpenStack survives: the end of each of its processes, Octavia that is away, and its own end by SIGKILL. These tests prove nothing about how a real cloud fails. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../../../comparison/sources/kubernetes/kubeconfig.ts";
import { openApi } from "../../../../lab/clouds/openstack/api.ts";
import { labFiles, readJson } from "../../../../lab/files.ts";
import type { KeeperRecord } from "../../../../lab/keeper/record.ts";
import { labStatus } from "../../../../lab/lab.ts";
import { eventually } from "../../eventually.ts";
import { leftovers } from "../../leftovers.ts";
import type { Project } from "../../project.ts";

const stack = ["--stack", "openstack"] as const;

const controller = "openstack-cloud-controller-manager";
const victims = ["keystone", "neutron", "octavia", "openstack-api", "octavia-driver-agent", controller];

/** The client makes no instances of its classes for what it sends. */
const sent = (object: object): never => object as never;

/** A machine may be busy with other labs. */
const patienceMs = 120_000;

export interface OpenStackLab {
  readonly project: Project;
  /** Where its APIs answer. */
  readonly url: string;
  /** Where both ways answer. */
  readonly ways: readonly string[];
  /** What there was on the host before it. */
  readonly before: readonly string[];
}

/** @param lab a running one, asked when the tests run */
export function survivalOfOpenStack(lab: () => OpenStackLab): void {
  describe("what it survives", () => {
    before(async () => {
      await lab().project.succeed("up", ...stack);
      await everythingAnswers();
    });

    const directory = () => join(lab().project.directory, ".lab/stacks/openstack");
    const processNamed = (name: string) =>
      labStatus(directory()).last?.processes.find((each) => each.name === name) ?? assert.fail(name);
    const cluster = () => loadKubeconfig(join(directory(), "kubeconfig")).makeApiClient(CoreV1Api);
    const answers = async (url: string): Promise<boolean> =>
      fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
    /** Both ways, and each API with a token of Keystone. */
    const everythingAnswers = (): Promise<true> =>
      eventually(
        "both ways and each API answer",
        async () => {
          const api = openApi(lab().url);
          const asked = Promise.all([
            api.get("octavia", "/v2.0/lbaas/loadbalancers"),
            api.get("neutron", "/v2.0/floatingips"),
          ]).then(
            () => true,
            () => false,
          );
          return (await Promise.all([asked, ...lab().ways.map(answers)])).every(Boolean);
        },
        patienceMs,
      );

    for (const victim of victims)
      it(`is the end of ${victim}, which starts again`, async () => {
        const { restarts } = processNamed(victim);
        await lab().project.succeed("lab", "kill", victim, ...stack);
        await eventually(
          `${victim} runs again`,
          () => {
            const { pid, restarts: now } = processNamed(victim);
            return Promise.resolve(pid !== undefined && now > restarts);
          },
          patienceMs,
        );
        await everythingAnswers();
      });

    it("is the end of each HAProxy, which the agent starts again", async () => {
      const haproxies = (): string[] =>
        readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isHAProxyOf(pid, lab().project.directory));
      const before = haproxies();
      assert.ok(before.length >= 2, before.join());
      for (const pid of before) end(Number(pid));
      await eventually(
        "other processes",
        () => Promise.resolve(haproxies().filter((pid) => !before.includes(pid)).length >= 2),
        patienceMs,
      );
      await everythingAnswers();
    });

    it("is that Octavia is away: the controller serves a Service once it is back", async () => {
      const ref = { namespace: "default", name: "waiting" };
      await lab().project.succeed("lab", "hold", "octavia", ...stack);
      const body = {
        metadata: { name: ref.name },
        spec: { type: "LoadBalancer", selector: { app: "none" }, ports: [{ port: 80 }] },
      };
      await cluster().createNamespacedService({ namespace: ref.namespace, body: sent(body) });
      await eventually(
        "an event that says so",
        async () => {
          const { items } = await cluster().listNamespacedEvent({ namespace: "default" });
          return items.some(
            ({ reason, involvedObject }) =>
              reason === "SyncLoadBalancerFailed" && involvedObject.name === ref.name,
          );
        },
        patienceMs,
      );
      await lab().project.succeed("lab", "release", "octavia", ...stack);
      await eventually(
        "an address",
        async () =>
          ((await cluster().readNamespacedService(ref)).status?.loadBalancer?.ingress ?? []).length > 0,
        patienceMs,
      );
      await cluster().deleteNamespacedService(ref);
      const isGone = (): Promise<boolean> =>
        cluster()
          .listNamespacedService({ namespace: "default" })
          .then(({ items }) => items.every(({ metadata }) => metadata?.name !== ref.name));
      await eventually("the Service is gone, with what it had", isGone, patienceMs);
      const { stdout } = await lab().project.run("leftovers", "--json", ...stack);
      assert.match(stdout, /"kind": ?"none"/, stdout);
    });

    it("is SIGKILL of its keeper: nothing is left on the host, and the next start has all load balancers", async () => {
      const { pid } = readJson(labFiles(directory()).keeper) as KeeperRecord;
      process.kill(pid, "SIGKILL");
      assert.deepEqual(await leftovers(lab().project.directory, lab().before), []);
      await lab().project.succeed("lab", "up", ...stack);
      await everythingAnswers();
    });
  });
}

/** A worker may have ended with its master already. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Of a load balancer, which runs below the lab's directory. */
function isHAProxyOf(pid: string, directory: string): boolean {
  try {
    const [program, ...words] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return (
      program === "haproxy" && words.includes("-W") && readlinkSync(`/proc/${pid}/cwd`).startsWith(directory)
    );
  } catch {
    return false;
  }
}
