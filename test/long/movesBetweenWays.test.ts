/**
 * Clients go through all four ways, TCP and UDP, while each old way is removed. What these tests do not prove: test/live/move.test.ts says.
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { loadBalancersIn } from "../live/clouds/aws/account.ts";
import { addressesOf, killedAt, met, movableProject, startClients, udpPort } from "../live/moving.ts";
import type { LoadName } from "../live/moving.ts";
import type { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const http = { name: "http", port: 80 };
const echo = { name: "echo", port: udpPort, protocol: "UDP" };

/** UDP has no health check of its own. */
const checkOfKubeProxy = { protocol: "HTTP", port: 10256, path: "/healthz" };

describe("moves between the four ways", function () {
  // A busy machine takes five minutes for the longest.
  this.timeout(minutes(15));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await movableProject(
      { nodePort: 100 },
      {
        "lab:loadBalancerController": true,
        "nodeport-vs-loadbalancer:ports": [http, echo],
        "nodeport-vs-loadbalancer:healthCheck": checkOfKubeProxy,
      },
    );
  });
  after(() => project.remove());

  /** @param to after which only this way is left */
  async function loseNothing(to: string, names: readonly LoadName[], move: () => Promise<void>) {
    const clients = await startClients(project, 50, undefined, names);
    await move();
    const moved = clients.running.samples.length;
    await sleep(2000);
    const samples = await clients.stop();
    for (const name of names) {
      const { sent, lost, losses } = await met(project, samples, name, to);
      console.log(`to ${to}, ${name}: ${sent} sent, ${lost} lost`);
      assert.ok(sent > 500, `${sent} sent`);
      assert.equal(lost, 0, JSON.stringify([...losses]));
    }
    const addresses = await addressesOf(project, to);
    const strays = samples.slice(moved).filter(({ address }) => !addresses.includes(address ?? ""));
    assert.deepEqual(strays, []);
    assert.equal((await loadBalancersIn(labClients(project.settings).elbv2)).length, 1);
  }

  const args = (to: string) => ["--to", to.toLowerCase(), "--drain-seconds", "120", "--remove"] as const;

  async function moveTo(to: string): Promise<void> {
    const { status, stdout, stderr } = await project.run("move", ...args(to));
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /^shop\.lab\.example leads all clients to /m);
  }

  it("lose no request to the AWS Load Balancer Controller's load balancer, killed while the old one is removed", () =>
    loseNothing("lbc", ["new", "kept", "udp"], async () => {
      const killed = await killedAt(project, /^Remove NodePort/m, ...args("lbc"));
      assert.equal(killed.status, 137);
      await moveTo("lbc");
    }));

  it("lose no request to a load balancer that Services share", () =>
    loseNothing("shared", ["new", "kept", "udp"], () => moveTo("shared")));

  it("lose no datagram to the cloud controller manager's load balancer, which has UDP alone", async () => {
    project.configure("nodeport-vs-loadbalancer:ports", [echo]);
    await project.succeed("up");
    await loseNothing("loadBalancer", ["udp"], () => moveTo("loadBalancer"));
  });

  it("are refused between two controllers", async () => {
    const { status, stderr } = await project.run("move", "--to", "lbc");
    assert.equal(status, 1);
    assert.match(
      stderr,
      /clients cannot be led from loadbalancer to lbc at once: .*--to nodeport, then --to lbc/,
    );
  });
});
