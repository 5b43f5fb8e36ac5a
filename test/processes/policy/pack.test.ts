/** The policy pack as Pulumi's engine runs it: the program that `npm run policy` makes, started by Pulumi's SDK, asked over the protocol of analyzers. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { credentials } from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { unknown } from "../../unit/lab/providers/runningPlugin.ts";

const checkout = resolve(import.meta.dirname, "../../..");
const require = createRequire(import.meta.url);
const rpc = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js") as {
  AnalyzerClient: new (address: string, how: unknown) => AnalyzerClient;
};
const messages = require("@pulumi/pulumi/proto/analyzer_pb.js") as typeof Messages;

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  /** Names of resources that a property refers to. */
  readonly references?: Readonly<Record<string, string>>;
}

const urnOf = ({ type, name }: Pick<Resource, "type" | "name">): string =>
  `urn:pulumi:dev::shop::${type}::${name}`;

/** Policy, enforcement and message of each finding. */
function findings(response: AnalyzeResponse | undefined): string[] {
  const { MANDATORY } = messages.EnforcementLevel;
  return (response?.getDiagnosticsList() ?? []).map((each) =>
    [
      each.getPolicyname(),
      each.getEnforcementlevel() === MANDATORY ? "mandatory" : "advisory",
      each.getMessage().split("\n").at(-1),
    ].join(": "),
  );
}

const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const tcp = { ipProtocol: "tcp", fromPort: 30080, toPort: 30080 };

describe("the policy pack", function () {
  this.timeout(60_000);
  let pack: ChildProcess;
  let client: AnalyzerClient;

  before(async () => {
    execFileSync("npm", ["run", "--silent", "policy"], { cwd: checkout });
    const program = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    pack = spawn(process.execPath, [program, "127.0.0.1:1", "."], {
      cwd: join(checkout, "policy"),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(pack.stdout!, "data")) as [Buffer];
    client = new rpc.AnalyzerClient(`127.0.0.1:${port.toString().trim()}`, credentials.createInsecure());
  });
  after(async () => {
    client.close();
    pack.kill();
    await once(pack, "exit");
  });

  function analyze({ type, name, props }: Resource): Promise<string[]> {
    const request = new messages.AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(urnOf({ type, name }));
    request.setOptions(new messages.AnalyzerResourceOptions());
    request.setProperties(struct.Struct.fromJavaScript(props as Record<string, never>));
    return new Promise((done, fail) => {
      client.analyze(request, (error, response) => {
        if (error === null) done(findings(response));
        else fail(error);
      });
    });
  }

  function analyzeStack(resources: readonly Resource[]): Promise<string[]> {
    const request = new messages.AnalyzeStackRequest();
    const byName = new Map(resources.map((each) => [each.name, urnOf(each)]));
    for (const resource of resources) {
      const each = new messages.AnalyzerResource();
      each.setType(resource.type);
      each.setName(resource.name);
      each.setUrn(urnOf(resource));
      each.setOptions(new messages.AnalyzerResourceOptions());
      each.setProperties(struct.Struct.fromJavaScript(resource.props as Record<string, never>));
      for (const [property, name] of Object.entries(resource.references ?? {})) {
        const on = new messages.AnalyzerPropertyDependencies();
        on.setUrnsList([byName.get(name) ?? assert.fail(name)]);
        each.getPropertydependenciesMap().set(property, on);
      }
      request.addResources(each);
    }
    return new Promise((done, fail) => {
      client.analyzeStack(request, (error, response) => {
        if (error === null) done(findings(response));
        else fail(error);
      });
    });
  }

  it("refuses a node port that is open to the world", async () => {
    assert.deepEqual(await analyze({ type: rule, name: "nodes", props: { ...tcp, cidrIpv4: "0.0.0.0/0" } }), [
      "node-ports-closed-to-the-world: mandatory: 0.0.0.0/0 may reach port 30080, among them node ports (30000 to 32767). Let in the load balancer's security group, or name who may connect.",
    ]);
    assert.deepEqual(
      await analyze({ type: rule, name: "nodes", props: { ...tcp, cidrIpv4: "203.0.113.0/24" } }),
      [],
    );
  });

  it("says in a preview that a port is not known yet, and refuses nothing for it", async () => {
    const props = { ...tcp, cidrIpv4: "0.0.0.0/0", fromPort: unknown, toPort: unknown };
    const [said = "", ...others] = await analyze({ type: rule, name: "nodes", props });
    assert.deepEqual(others, []);
    assert.match(said, /^node-ports-closed-to-the-world: advisory: .*fromPort can't be known during preview/);
  });

  it("refuses a Service without clients, a namespace and a pod with more rights, and a plain secret", async () => {
    const of = async (type: string, props: object): Promise<string[]> =>
      (await analyze({ type, name: "x", props })).map((each) => each.split(": ")[0] ?? "");
    assert.deepEqual(await of("kubernetes:core/v1:Service", { spec: { type: "LoadBalancer" } }), [
      "load-balancer-services-name-their-clients",
    ]);
    assert.deepEqual(await of("kubernetes:core/v1:Namespace", { metadata: { name: "shop" } }), [
      "namespaces-enforce-restricted",
    ]);
    const env = [{ name: "DB_PASSWORD", value: "hunter2" }];
    const found = await of("kubernetes:core/v1:Pod", { spec: { containers: [{ name: "web", env }] } });
    assert.deepEqual([...new Set(found)], ["pods-are-restricted", "no-plain-secrets"]);
  });

  it("refuses a way to the nodes past load balancers with security groups, also before Pulumi knows the groups", async () => {
    const balancer: Resource = {
      type: "aws:lb/loadBalancer:LoadBalancer",
      name: "web",
      props: {},
      references: { securityGroups: "clients" },
    };
    const stack = (source: Pick<Resource, "props" | "references">): readonly Resource[] => [
      { type: group, name: "clients", props: {} },
      balancer,
      { type: rule, name: "nodes", ...source },
    ];
    const nodes = { ...tcp, securityGroupId: "sg-nodes" };
    const past = await analyzeStack(stack({ props: { ...nodes, cidrIpv4: "203.0.113.0/24" } }));
    assert.deepEqual(past, [
      "node-ports-open-to-load-balancers-alone: mandatory: it opens port 30080, among them node ports, to 203.0.113.0/24, past the load balancers, which have security groups. Let in their security groups instead.",
    ]);
    const own = stack({ props: nodes, references: { referencedSecurityGroupId: "clients" } });
    assert.deepEqual(await analyzeStack(own), []);
  });

  it("reads past what a first preview does not know, and judges what it does", async () => {
    const planned = { ...tcp, securityGroupId: unknown, referencedSecurityGroupId: unknown };
    const stack = (source: string): readonly Resource[] => [
      { type: group, name: "clients", props: { id: unknown, ingress: unknown } },
      { type: group, name: "bastion", props: { id: unknown, ingress: unknown } },
      { type: group, name: "members", props: { id: unknown, ingress: unknown } },
      {
        type: "aws:lb/loadBalancer:LoadBalancer",
        name: "web",
        props: { arn: unknown, securityGroups: [unknown] },
        references: { securityGroups: "clients" },
      },
      {
        type: rule,
        name: "nodes",
        props: planned,
        references: { securityGroupId: "members", referencedSecurityGroupId: source },
      },
    ];
    assert.deepEqual(await analyzeStack(stack("clients")), []);
    assert.deepEqual(await analyzeStack(stack("bastion")), [
      `node-ports-open-to-load-balancers-alone: mandatory: it opens port 30080, among them node ports, to ${urnOf({ type: group, name: "bastion" })}, which no load balancer has. Remove it.`,
    ]);
  });
});
