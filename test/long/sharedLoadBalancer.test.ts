/**
 * Exposures that share one load balancer with a security group of its own, beside a LoadBalancer Service, in a program of its own on a separate lab. These tests prove
 * nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { DescribeListenersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { labClient } from "../../cli/labClient.ts";
import type { LabClient } from "../../cli/labClient.ts";
import type { Sample } from "../../comparison/traffic/load.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labStatus } from "../../lab/lab.ts";
import { loadBalancerNamed, loadBalancersIn, targetGroupsOf } from "../live/clouds/aws/account.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** No client of the lab is in it. */
const elsewhere = "203.0.113.0/24";
const everywhere = "0.0.0.0/0";

/** As in components/README.md. @param orders from where its clients may connect; undefined for a program without this exposure */
const program = (orders: string | undefined, ports = { orders: 80, stock: 8080 }) => `
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
} from "./components/index.ts";

const network = await findClusterNetwork("dev");
const apps = { orders: new EchoApp("orders", { replicas: 2 }), stock: new EchoApp("stock", { replicas: 2 }) };
const loadBalancer = new NetworkLoadBalancer("shared", { network, securityGroups: "own" });

function expose(name: "orders" | "stock", port: number, range: string) {
  const { namespace, selector } = apps[name];
  return new NodePortExposure(name, {
    namespace,
    selector,
    ports: [{ name: "http", port, targetPort: "http", appProtocol: "http" }],
    loadBalancerSourceRanges: [range],
    network,
    loadBalancer,
  });
}
${orders === undefined ? "" : `expose("orders", ${ports.orders}, "${orders}");`}
const stock = expose("stock", ${ports.stock}, "${everywhere}");
const other = new LoadBalancerExposure("other", {
  namespace: apps.stock.namespace,
  selector: apps.stock.selector,
  ports: [{ name: "http", port: 8080, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges: ["${everywhere}"],
});
export const hostnames = [loadBalancer.dnsName, other.addresses.apply(([first]) => first)];
export const services = [stock.service, other.service].map(({ metadata }) =>
  metadata.apply(({ namespace, name }) => namespace + "/" + name),
);
`;

/** The pods that answered; every request must have an answer. */
function podsOf(samples: readonly Sample[]): ReadonlySet<string> {
  return new Set(
    samples.map(({ outcome }) =>
      outcome.kind === "answered" ? outcome.pod : assert.fail(JSON.stringify(outcome)),
    ),
  );
}

describe("exposures that share a load balancer", function () {
  this.timeout(minutes(5));
  let project: Project;
  let client: LabClient;
  let hostname: string;
  let rulesBefore: readonly string[];

  /** Ids of all rules of all security groups. */
  const rules = async (): Promise<string[]> => {
    const { ec2 } = labClients(project.settings);
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    return SecurityGroupRules.map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId).sort();
  };
  const elbv2 = () => labClients(project.settings).elbv2;
  const write = (...args: Parameters<typeof program>) =>
    writeFileSync(join(project.directory, "index.ts"), program(...args));
  const up = () => project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
  const requests = (port: number) => client.requests(`http://${hostname}:${port}`);

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    rulesBefore = await rules();
    write(elsewhere);
    await up();
    const hostnames = await project.output<string[]>("hostnames");
    await healthyTargets(elbv2(), hostnames);
    hostname = hostnames[0] ?? "";
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    client = labClient(project.directory, running, AbortSignal.timeout(buildTimeout));
  });
  after(() => project.remove());

  it("answer their own clients alone, each by the pods of its Service", async () => {
    assert.equal((await targetGroupsOf(elbv2(), hostname)).length, 2);
    const stock = podsOf(await requests(8080));
    assert.equal(stock.size, 2);
    assert.ok([...stock].every((pod) => pod.startsWith("stock")));
    const outcomes = (await requests(80)).map(({ outcome }) => outcome.kind);
    assert.ok(outcomes.length > 0 && !outcomes.includes("answered"), outcomes.join());

    write(everywhere);
    await up();
    const orders = podsOf(await requests(80));
    assert.equal(orders.size, 2);
    assert.ok([...orders].every((pod) => pod.startsWith("orders")));
  });

  it("are compared only for the Service that is asked for, with the load balancer's security group", async () => {
    project.environment = cloudEnvironment(project.settings);
    const { verdict, explanations } = await project.compared(await project.output<string[]>("services"));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    const ids = explanations.map(({ id }) => id);
    for (const id of ["shared-load-balancer", "security-groups-by-the-program"])
      assert.ok(ids.includes(id), ids.join());
  });

  it("exchange their ports: the listeners stay, and lead to the other's pods", async () => {
    const listeners = async () => {
      const { LoadBalancerArn } = await loadBalancerNamed(elbv2(), hostname);
      const { Listeners = [] } = await elbv2().send(new DescribeListenersCommand({ LoadBalancerArn }));
      return Listeners.map(({ ListenerArn = "" }) => ListenerArn).sort();
    };
    const before = await listeners();
    write(everywhere, { orders: 8080, stock: 80 });
    await up();
    await healthyTargets(elbv2(), [hostname]);
    assert.deepEqual(await listeners(), before);
    assert.ok([...podsOf(await requests(80))].every((pod) => pod.startsWith("stock")));
    write(everywhere);
    await up();
    await healthyTargets(elbv2(), [hostname]);
    assert.ok([...podsOf(await requests(8080))].every((pod) => pod.startsWith("stock")));
  });

  it("go on without a lost request when another one is removed, with everything that it had", async () => {
    write(undefined);
    const update = { ended: false };
    const removed = up().finally(() => (update.ended = true));
    const samples: Sample[] = [];
    while (!update.ended) samples.push(...(await requests(8080)));
    await removed;
    samples.push(...(await requests(8080)));
    assert.ok([...podsOf(samples)].every((pod) => pod.startsWith("stock")));
    assert.equal((await targetGroupsOf(elbv2(), hostname)).length, 1);
  });

  it("go with everything that they have", async () => {
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.equal((await loadBalancersIn(elbv2())).length, 0);
    assert.deepEqual(await rules(), rulesBefore);
  });
});
