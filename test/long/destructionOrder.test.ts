/**
 * The order of destruction in a program that declares the cluster as well: Services before their controller, the controller before the nodes, the nodes before the network. The
 * cluster's parts are stand-ins of the same kinds: the lab's own are no resources of a program. These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** Each part depends on the one below it, as in the page on EKS. */
const program = `
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const found = await findClusterNetwork("dev");
const network = new SecurityGroup("network", { vpcId: found.vpcId });
const nodes = new SecurityGroup("nodes", { vpcId: found.vpcId }, { dependsOn: [network] });
const controller = new Namespace("controller", {}, { dependsOn: [nodes] });
const { namespace, selector } = new EchoApp("app", {}, { dependsOn: [controller] });
const options = {
  namespace,
  selector,
  ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges: ["198.51.100.0/24"],
};
const own = new NodePortExposure("own", { ...options, network: found }, { dependsOn: [controller] });
new LoadBalancerExposure("cloud", options, { dependsOn: [controller, ...own.loadBalancer.sharedNodeRules] });
`;

/** Lines of Pulumi's progress: type, name, and what begins or has ended. */
const line = /^ +- +(?<type>\S+) (?<name>\S+) (?<what>deleting|deleted) /;

describe("the order of destruction", function () {
  this.timeout(minutes(5));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    await project.succeed("lab", "up");
    writeFileSync(join(project.directory, "index.ts"), program);
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
  });
  after(() => project.remove());

  it("is Services and load balancers, their controller, the nodes, the network, each when the one before has ended", async () => {
    const words = ["destroy", "--yes", "--skip-preview", "--non-interactive"];
    const output = await project.succeed("pulumi", ...words);
    const events = output.split("\n").flatMap((each) => {
      const groups = line.exec(each)?.groups;
      return groups === undefined ? [] : [groups];
    });
    const at = (what: string, name: string, type = ""): number => {
      const index = events.findIndex(
        (event) => event.what === what && event.name === name && event.type?.endsWith(type) === true,
      );
      assert.notEqual(index, -1, `${name} is not ${what}\n${output}`);
      return index;
    };
    const services = ["own", "cloud"].map((name) => at("deleted", name, ":Service"));
    const balancer = at("deleted", "own", ":LoadBalancer");
    const controller = at("deleting", "controller");
    assert.ok(Math.max(...services, balancer) < controller, output);
    assert.ok(at("deleted", "controller") < at("deleting", "nodes"), output);
    assert.ok(at("deleted", "nodes") < at("deleting", "network"), output);
  });

  it("leaves nothing behind", async () => {
    const { status, stdout } = await project.run("leftovers");
    assert.equal(status, 0, stdout);
  });
});
