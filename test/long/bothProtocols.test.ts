/**
 * TCP and UDP on one number: a hand-made load balancer beside one of the AWS Load Balancer Controller, in a program of its own on a separate lab. These tests prove
 * nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientProgram } from "../../cli/verify/clientProgram.ts";
import { trafficClient } from "../../cli/verify/trafficClient.ts";
import { requestsTo } from "../../comparison/traffic/requests.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labStatus } from "../../lab/lab.ts";
import { targetGroupsOf } from "../live/clouds/aws/account.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** agnhost says who answers over both protocols. */
const program = (ports: string): string => `
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const network = await findClusterNetwork("dev");
const args = { namespace, selector, ports: ${ports}, loadBalancerSourceRanges: ["0.0.0.0/0"] };
const own = new NodePortExposure("own", { ...args, network });
const lbc = new LoadBalancerExposure("lbc", { ...args, controller: "aws-load-balancer-controller" });
const nameOf = ({ service }: typeof own | typeof lbc) =>
  service.metadata.apply(({ namespace, name }) => namespace + "/" + name);
export const hostnames = [own, lbc].map(({ addresses }) => addresses.apply(([first]) => first));
export const services = [nameOf(own), nameOf(lbc)];
export const nodePorts = own.nodePorts;
`;

const tcp = `{ name: "web", port: 80, targetPort: "http", appProtocol: "http" }`;
const udp = `{ name: "web-udp", port: 80, protocol: "UDP", targetPort: "udp" }`;

describe("TCP and UDP on one number", function () {
  this.timeout(minutes(5));
  let project: Project;

  const elbv2 = () => labClients(project.settings).elbv2;

  async function update(...ports: readonly string[]): Promise<readonly string[]> {
    writeFileSync(join(project.directory, "index.ts"), program(`[${ports.join(", ")}]`));
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    const hostnames = await project.output<string[]>("hostnames");
    await healthyTargets(elbv2(), hostnames);
    return hostnames;
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    project.configure("nodeport-vs-loadbalancer:controller", "aws-load-balancer-controller");
    await project.succeed("lab", "up");
  });
  after(() => project.remove());

  it("have one listener and target group, and both are answered, by all pods", async () => {
    const hostnames = await update(tcp, udp);
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const stop = new AbortController();
    const traffic = trafficClient(() => clientProgram(running, project.directory), stop.signal);
    for (const hostname of hostnames) {
      const groups = await targetGroupsOf(elbv2(), hostname);
      assert.deepEqual(
        groups.map(({ Protocol, HealthCheckProtocol }) => [Protocol, HealthCheckProtocol]),
        [["TCP_UDP", "TCP"]],
      );
      for (const kind of ["http", "udp"] as const) {
        const load = { ...requestsTo(`http://${hostname}`), kind };
        const { ended } = await traffic.startLoads([load]);
        const pods = (await ended).map(({ outcome }) =>
          outcome.kind === "answered" ? outcome.pod : assert.fail(`${kind}: ${JSON.stringify(outcome)}`),
        );
        assert.deepEqual([pods.length, new Set(pods).size], [200, 3], `${kind} at ${hostname}`);
      }
    }
    stop.abort();
  });

  it("are the same with the AWS Load Balancer Controller", async () => {
    project.environment = cloudEnvironment(project.settings);
    const { verdict, predictions } = await project.compared(await project.output<string[]>("services"));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    assert.deepEqual(
      predictions.map(({ outcome }) => outcome),
      ["right"],
    );
  });

  it("stay as they are in an update without a change", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("need the same node port where the second one joins a Service", async () => {
    await update(tcp);
    const { web } = await project.output<{ web: number }>("nodePorts");
    writeFileSync(join(project.directory, "index.ts"), program(`[${tcp}, ${udp}]`));
    const { status, stdout, stderr } = await project.run(
      "pulumi",
      ...["up", "--yes", "--skip-preview", "--non-interactive"],
    );
    assert.notEqual(status, 0);
    assert.match(
      `${stdout}${stderr}`,
      new RegExp(
        `"web" has the node port ${web}, and "web-udp" has \\d+: .* set ports\\[\\]\\.nodePort to ${web} for both`,
      ),
    );
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
  });
});
