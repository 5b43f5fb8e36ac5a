/**
 * A hand-made load balancer with security groups, beside one of the cloud controller manager, in a program of its own on a separate lab: who can connect where, and
 * what an update from and to no groups does. These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { labClient } from "../../cli/labClient.ts";
import type { NodePortExposureArgs } from "../../components/index.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labStatus } from "../../lab/lab.ts";
import { internet, nodes } from "../../lab/layout.ts";
import { loadBalancerNamed, loadBalancersIn } from "../live/clouds/aws/account.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const client = `${internet.client}/32`;
const elsewhere = "203.0.113.0/24";

/** The same app behind both kinds of load balancers, for the same clients. */
const program = (ranges: readonly string[], options: Partial<NodePortExposureArgs>): string => `
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const network = await findClusterNetwork("dev");
const args = {
  namespace,
  selector,
  ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges: ${JSON.stringify(ranges)},
};
const own = new NodePortExposure("own", { ...args, network, ...${JSON.stringify(options)} });
const ccm = new LoadBalancerExposure("ccm", args, { dependsOn: own.loadBalancer.sharedNodeRules });
const nameOf = ({ service }: typeof own | typeof ccm) =>
  service.metadata.apply(({ namespace, name }) => namespace + "/" + name);
export const hostname = own.addresses.apply(([first]) => first);
export const other = ccm.addresses.apply(([first]) => first);
export const [ownService, ccmService] = [nameOf(own), nameOf(ccm)];
export const nodePort = own.nodePorts.apply(({ http }) => http);
`;

describe("security groups of a hand-made load balancer", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostname: string;

  const clients = () => labClients(project.settings);
  const output = async (name: string): Promise<string> =>
    (await project.succeed("pulumi", "stack", "output", name)).trim();

  async function update(ranges: readonly string[], options: Partial<NodePortExposureArgs>): Promise<string> {
    writeFileSync(join(project.directory, "index.ts"), program(ranges, options));
    const said = await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    hostname = await output("hostname");
    await healthyTargets(clients().elbv2, [hostname, await output("other")]);
    return said;
  }

  const labClientOutside = () => {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    return labClient(project.directory, running, AbortSignal.timeout(minutes(1)));
  };

  /** Whether one request is answered by an app: at the load balancer's addresses, and at the nodes' own port. */
  async function answers() {
    const there = labClientOutside();
    const addresses = await there.resolve4(hostname);
    const port = Number(await output("nodePort"));
    const balancers = addresses.map((address) => ({ node: address, address, port: 80 }));
    const direct = nodes.map(({ name, address }) => ({ node: name, address, port }));
    const outcomes = await there.nodePorts([...balancers, ...direct]);
    const kinds = (of: readonly { readonly address: string }[]) => [
      ...new Set(
        outcomes.flatMap(({ address, outcome }) =>
          of.some((each) => each.address === address) ? [outcome.kind] : [],
        ),
      ),
    ];
    return { balancer: kinds(balancers), nodes: kinds(direct) };
  }

  async function groupNames(): Promise<string[]> {
    const { SecurityGroups = [] } = await clients().ec2.send(new DescribeSecurityGroupsCommand({}));
    return SecurityGroups.flatMap(({ GroupName = "" }) => (GroupName.startsWith("own-") ? [GroupName] : []));
  }

  /** The program's rules on the nodes: whom they let in. */
  async function nodeSources(): Promise<string[]> {
    const { SecurityGroupRules = [] } = await clients().ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const { SecurityGroups: groups = [] } = await loadBalancerNamed(clients().elbv2, hostname);
    return SecurityGroupRules.filter(
      ({ Description = "", GroupId = "" }) => Description.startsWith("own: ") && !groups.includes(GroupId),
    )
      .map(({ CidrIpv4, ReferencedGroupInfo }) => CidrIpv4 ?? ReferencedGroupInfo?.GroupId ?? "")
      .sort();
  }

  async function verdict() {
    project.environment = cloudEnvironment(project.settings);
    const services = [await output("ownService"), await output("ccmService")];
    const { verdict: found, explanations } = await project.compared(services);
    return { kind: found.kind, reasons: found.reasons, ids: explanations.map(({ id }) => id) };
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
  });
  after(() => project.remove());

  it("close the nodes to clients", async () => {
    await update([client], { securityGroups: "own" });
    const { SecurityGroups = [] } = await loadBalancerNamed(clients().elbv2, hostname);
    assert.equal(SecurityGroups.length, 1);
    assert.deepEqual([...new Set(await nodeSources())], SecurityGroups);
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["failed"] });
  });

  it("are a known difference from the cloud controller manager's load balancer", async () => {
    const { kind, reasons, ids } = await verdict();
    assert.deepEqual({ kind, reasons }, { kind: "equivalent", reasons: [] });
    assert.ok(ids.includes("security-groups-by-the-program"), ids.join());
  });

  it("stay as they are in an update without a change", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("let in nobody but the source ranges, while the health checks succeed", async () => {
    const before = hostname;
    await update([elsewhere], { securityGroups: "own" });
    assert.equal(hostname, before);
    assert.deepEqual(await answers(), { balancer: ["failed"], nodes: ["failed"] });
  });

  it("can be given, and exchanged for the own one without another load balancer", async () => {
    const before = hostname;
    const { VpcId } = await loadBalancerNamed(clients().elbv2, hostname);
    const { GroupId = "" } = await clients().ec2.send(
      new CreateSecurityGroupCommand({ GroupName: "given", Description: "given", VpcId }),
    );
    await clients().ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: client }] }],
      }),
    );
    writeFileSync(
      join(project.directory, "index.ts"),
      program([client], { securityGroups: [GroupId], loadBalancerSourceRanges: [] }),
    );
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    assert.equal(await output("hostname"), before);
    assert.deepEqual(await groupNames(), []);
    assert.deepEqual([...new Set(await nodeSources())], [GroupId]);
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["failed"] });
  });

  it("make another load balancer of one without, and the other way round", async () => {
    // The controller has made its own rule for path MTU discovery meanwhile.
    await update([client], { sharedNodeRules: false });
    assert.deepEqual(await groupNames(), []);
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["answered"] });
    const without = hostname;
    await update([client], { securityGroups: "own" });
    assert.notEqual(hostname, without);
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["failed"] });
    // The old one is gone; the controller's is the other.
    assert.equal((await loadBalancersIn(clients().elbv2)).length, 2);
  });

  it("do so as well with a name that the load balancer keeps", async () => {
    await update([client], { securityGroups: "own", loadBalancerName: "edge" });
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["failed"] });
    const named = hostname;
    await update([client], { loadBalancerName: "edge", sharedNodeRules: false });
    assert.notEqual(hostname, named);
    assert.deepEqual(await groupNames(), []);
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["answered"] });
    await update([client], { securityGroups: "own", loadBalancerName: "edge" });
    assert.deepEqual(await answers(), { balancer: ["answered"], nodes: ["failed"] });
  });

  it("go with the load balancer", async () => {
    assert.equal((await groupNames()).length, 1);
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.deepEqual(await groupNames(), []);
    assert.equal((await loadBalancersIn(clients().elbv2)).length, 0);
  });
});
