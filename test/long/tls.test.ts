/**
 * TLS that load balancers end: a hand-made one beside one of the AWS cloud controller manager, and another one beside one of the AWS Load Balancer Controller with all
 * options, in a program of its own on a separate lab. These tests prove nothing about AWS itself: its API and its load balancers are imitated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { importCertificate } from "../../lab/clouds/aws/certificates.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import { run } from "../../lab/tools/command.ts";
import { certificateFor } from "../live/clouds/aws/certificate.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

const program = (first: string, second: string): string => `
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const network = await findClusterNetwork("dev");
const plain = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };
const tls = { certificateArn: "${first}", sslPolicy: "${policy}" };
const all = { ...tls, additionalCertificateArns: ["${second}"], alpnPolicy: "HTTP2Preferred" } as const;
const of = (tls: object) => ({
  namespace, selector, ports: [plain, { ...plain, name: "https", port: 443, tls: tls as typeof all }], loadBalancerSourceRanges: ["0.0.0.0/0"],
});
const own = new NodePortExposure("own", { ...of(tls), network });
const ccm = new LoadBalancerExposure("ccm", of(tls), { dependsOn: [own] });
const full = new NodePortExposure("full", { ...of(all), network, securityGroups: "own" });
const lbc = new LoadBalancerExposure("lbc", { ...of(all), controller: "aws-load-balancer-controller" });
const every = [own, ccm, full, lbc];
export const hostnames = every.map(({ addresses }) => addresses.apply(([host]) => host));
export const services = every.map(({ service }) => service.metadata.apply(({ namespace, name }) => namespace + "/" + name));
`;

/** What a client gets that asks for a name and offers protocols. */
interface Got {
  readonly certificate: string;
  readonly version: string;
  readonly alpn: string | false;
  readonly status: string;
}

const client = `
const [host, servername] = process.argv.slice(1);
const ALPNProtocols = ["http/1.1", "h2"];
const socket = require("node:tls").connect({ host, port: 443, servername, ALPNProtocols, rejectUnauthorized: false });
let text = "";
socket.on("secureConnect", () => socket.write("GET /hostname HTTP/1.0\\r\\n\\r\\n"));
socket.on("data", (data) => (text += data));
socket.on("end", () => console.log(JSON.stringify({
  certificate: socket.getPeerCertificate().subject.CN, version: socket.getProtocol(), alpn: socket.alpnProtocol, status: text.slice(9, 12),
})));
`;

describe("TLS that a load balancer ends", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostnames: readonly string[];

  async function ask(host: string, servername: string): Promise<Got> {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const { command, args } = inside(running, "client", [process.execPath, "-e", client, host, servername]);
    return JSON.parse(await run(command, args)) as Got;
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    project.configure("lab:loadBalancerProxy", true);
    project.configure("lab:loadBalancerController", true);
    await project.succeed("lab", "up");
    const { AWS_ENDPOINT_URL: endpoint = "" } = cloudEnvironment(project.settings);
    const [first, second] = [
      await importCertificate(endpoint, await certificateFor("web.example.com")),
      await importCertificate(endpoint, await certificateFor("shop.example.com")),
    ];
    writeFileSync(join(project.directory, "index.ts"), program(first, second));
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    hostnames = await project.output<string[]>("hostnames");
    await healthyTargets(labClients(project.settings).elbv2, hostnames);
  });
  after(() => project.remove());

  it("is answered by every way, with the certificate for the name and the ALPN policy's protocol", async () => {
    const expected = { version: "TLSv1.3", status: "200" };
    for (const [index, host] of hostnames.entries()) {
      const isFull = index >= 2;
      assert.deepEqual(
        await ask(host, "shop.example.com"),
        {
          ...expected,
          certificate: isFull ? "shop.example.com" : "web.example.com",
          alpn: isFull ? "h2" : false,
        },
        host,
      );
      assert.equal((await ask(host, "other.example.com")).certificate, "web.example.com");
    }
  });

  for (const [what, from] of [
    ["the AWS cloud controller manager", 0],
    ["the AWS Load Balancer Controller", 2],
  ] as const) {
    it(`has the same listeners with ${what}, as its model says`, async () => {
      project.environment = cloudEnvironment(project.settings);
      const services = (await project.output<string[]>("services")).slice(from, from + 2);
      const { verdict, predictions } = await project.compared(services);
      // The nodes' security group is also that of the other pair, which opens it to path MTU discovery.
      const reasons = verdict.reasons.filter((reason) => from === 0 || !reason.startsWith("firewall"));
      assert.deepEqual(reasons, []);
      assert.deepEqual(
        predictions.map(({ outcome }) => outcome),
        ["right"],
      );
    });
  }

  it("stays as it is in an update without a change, and leaves nothing", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
  });
});
