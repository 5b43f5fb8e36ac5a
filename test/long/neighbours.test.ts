/** Two labs in two checkouts on one machine do not affect each other, not even when one ends. */
import assert from "node:assert/strict";
import { CoreV1Api } from "@kubernetes/client-node";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { systemClock } from "../../comparison/clock.ts";
import { eventually } from "../../comparison/eventually.ts";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { labFiles, readJson } from "../../lab/files.ts";
import type { KeeperRecord } from "../../lab/keeper/record.ts";
import { loadBalancersIn } from "../live/clouds/aws/account.ts";
import { leftovers, traces } from "../live/leftovers.ts";
import { chosenPorts } from "../live/ports.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

describe("two labs side by side", function () {
  this.timeout(minutes(10));
  const over = new AbortController();
  let first: Project;
  let second: Project;
  let before_: string[];

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    first = await Project.make();
    second = await Project.make();
    before_ = traces(first.directory);
  });
  after(async function () {
    this.timeout(minutes(3));
    over.abort();
    await second.run("lab", "down", "--stack", "openstack");
    await Promise.all([first.remove(), second.remove()]);
  });

  /** The pod that answers at an entry port. */
  const answer = async (port: number): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${port}/hostname`, {
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return text;
  };
  const answersBothWays = async ({ settings: { ports } }: Project): Promise<void> => {
    assert.match(await answer(ports.nodePort), /^nodeport-/);
    assert.match(await answer(ports.loadBalancer), /^loadbalancer-/);
  };
  /** Ids that only this lab has, from its cluster and its account. */
  const ownOf = async ({ settings }: Project): Promise<string[]> => {
    const core = loadKubeconfig(settings.kubeconfig).makeApiClient(CoreV1Api);
    const { items } = await core.listNamespacedService({ namespace: "default" });
    const { elbv2 } = labClients(settings);
    const balancers = await loadBalancersIn(elbv2);
    return [
      ...items.map(({ metadata }) => metadata?.uid ?? ""),
      ...balancers.map(({ DNSName = "" }) => DNSName),
    ];
  };

  it("start at the same time, and both answer both ways with their own load balancers", async () => {
    await Promise.all(
      [first, second].map(async (project) => {
        await project.succeed("lab", "up");
        await project.succeed("up");
      }),
    );
    // Targets are registered some time after they are created.
    for (const project of [first, second])
      await eventually(
        "both ways answer",
        () => answersBothWays(project).then(() => true),
        120,
        systemClock(over.signal),
      );
    const [one, other] = await Promise.all([ownOf(first), ownOf(second)]);
    assert.equal(one.length, 3);
    assert.equal(other.length, 3);
    assert.deepEqual(
      one.filter((id) => other.includes(id)),
      [],
    );
  });

  it("are not affected when the other one stops", async () => {
    await first.succeed("lab", "down");
    assert.deepEqual(await leftovers(first.directory, before_), []);
    await answersBothWays(second);
    await assert.rejects(answer(first.settings.ports.nodePort));
  });

  it("name the lab that uses a port, if the other one is to use it", async () => {
    const { kubernetes, loadBalancer } = first.settings.ports;
    const { nodePort } = second.settings.ports;
    first.configure("lab:ports", { kubernetes, loadBalancer, nodePort });
    const { status, stderr } = await first.run("lab", "up");
    const { pid } = readJson(labFiles(second.settings.directory).keeper) as KeeperRecord;
    const owner = `port ${nodePort} .* is taken by the lab of ${second.directory} \\(process ${pid}; npm run lab -- down stops it there\\)`;
    assert.match(stderr, new RegExp(owner));
    assert.equal(status, 1);
    await answersBothWays(second);
  });

  it("can be of two clouds in one checkout: both answer, and each compares its own", async () => {
    const openstack = ["--stack", "openstack"];
    const [kubernetes, nodePort, loadBalancer, api] = await chosenPorts(4);
    second.configure("lab:ports", { kubernetes, nodePort, loadBalancer }, "openstack");
    second.configure("openstack:authUrl", `http://127.0.0.1:${String(api)}/identity/v3`, "openstack");
    await second.succeed("lab", "up", ...openstack);
    await second.succeed("up", ...openstack);
    const verdictOf = async (...stack: readonly string[]): Promise<unknown> => {
      const { stdout, stderr } = await second.run("compare", "--json", ...stack);
      assert.match(stdout, /^\{/, stderr);
      return (JSON.parse(stdout) as { verdict: { kind: string } }).verdict.kind;
    };
    assert.deepEqual([await verdictOf(...openstack), await verdictOf()], ["equivalent", "equivalent"]);
    await answersBothWays(second);
    assert.match(await answer(Number(nodePort)), /^nodeport-/);
    assert.match(await answer(Number(loadBalancer)), /^loadbalancer-/);
    await second.succeed("lab", "down", ...openstack);
    await answersBothWays(second);
  });
});
