/** The examples as programs of their own, with the components as the package that npm packs. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../../../lab/tools/command.ts";
import { installComponents, packComponents } from "../../packedComponents.ts";

const checkout = resolve(import.meta.dirname, "../../..");
const modules = join(checkout, "node_modules");
const examples = join(checkout, "examples");

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface Example {
  readonly declares: string;
  readonly config: Readonly<Record<string, string>>;
  readonly check: (declared: readonly Declared[]) => void;
}

const namesOf = (declared: readonly Declared[], type: string): readonly string[] =>
  declared
    .filter((each) => each.type === type)
    .map(({ name }) => name)
    .sort();

const inputsOf = (declared: readonly Declared[], name: string): Readonly<Record<string, unknown>> =>
  declared.find((each) => each.name === name)?.inputs ??
  assert.fail(`${name} is not among ${declared.map((each) => each.name).join(", ")}`);

/** By the name of its folder. */
const table: Readonly<Record<string, Example>> = {
  "existing-service": {
    declares: "one load balancer in front of the Service's node ports, and no Service",
    config: { clients: "203.0.113.0/24", service: "ingress-nginx/ingress-nginx-controller" },
    check(declared) {
      assert.deepEqual(namesOf(declared, "LoadBalancer"), ["ingress-sg"]);
      assert.deepEqual(namesOf(declared, "Listener"), ["ingress-443", "ingress-80"]);
      assert.deepEqual(
        declared
          .filter(({ type }) => type === "TargetGroup")
          .map(({ inputs }) => inputs.port)
          .sort(),
        [30080, 30443],
      );
      // Under mocks, what is read is registered as well, with its id and without inputs.
      assert.deepEqual(namesOf(declared, "Service"), ["ingress"]);
      assert.deepEqual(inputsOf(declared, "ingress"), {});
    },
  },
  "shared-load-balancer": {
    declares: "one load balancer with a listener for each Service",
    config: { clients: "203.0.113.0/24", operators: "198.51.100.0/24" },
    check(declared) {
      assert.deepEqual(namesOf(declared, "LoadBalancer"), ["shared-sg"]);
      assert.deepEqual(namesOf(declared, "Listener"), ["shared-80", "shared-9090"]);
      assert.deepEqual(namesOf(declared, "Service"), ["metrics", "shop"]);
      assert.equal(
        inputsOf(declared, "shared-listener-tcp-9090-198.51.100.0/24").cidrIpv4,
        "198.51.100.0/24",
      );
    },
  },
  "target-group-binding": {
    declares: "a binding for the target group, and attaches no node",
    config: { clients: "203.0.113.0/24" },
    check(declared) {
      assert.equal(namesOf(declared, "LoadBalancer").length, 1);
      assert.deepEqual(namesOf(declared, "Service"), ["shop"]);
      assert.equal(namesOf(declared, "TargetGroupBinding").length, 1);
      assert.deepEqual(namesOf(declared, "TargetGroupAttachment"), []);
    },
  },
};

/** Prints what a program declares, under Pulumi's mocks. */
const underMocks = (name: string, config: Readonly<Record<string, string>>): string => `
import * as pulumi from "@pulumi/pulumi";

const declared = [];
const answers = {
  "aws:ec2/getSecurityGroups:getSecurityGroups": { ids: ["sg-1"], vpcIds: ["vpc-1"] },
  "aws:ec2/getInstances:getInstances": { ids: ["i-1", "i-2"] },
  "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-a"] },
  "aws:ec2/getSubnet:getSubnet": {
    id: "subnet-a",
    availabilityZone: "eu-central-1a",
    cidrBlock: "10.0.0.0/20",
    tags: { "kubernetes.io/role/elb": "1" },
  },
};
const ports = [
  { name: "http", port: 80, nodePort: 30080 },
  { name: "https", port: 443, nodePort: 30443 },
];
await pulumi.runtime.setMocks(
  {
    call: ({ token, inputs }) =>
      JSON.stringify(inputs).includes("tag-key") ? { ids: [] } : answers[token] ?? {},
    newResource({ type, name, inputs, id }) {
      declared.push({ type: type.split(":").at(-1), name, inputs });
      if (id) return { id, state: { spec: { type: "NodePort", ports } } };
      return { id: name + "-id", state: { ...inputs, arn: "arn:" + name, dnsName: name + ".example.com" } };
    },
  },
  ${JSON.stringify(name)},
  "test",
  true,
);
pulumi.runtime.setAllConfig(${JSON.stringify(
  Object.fromEntries(
    Object.entries({ clusterName: "production", ...config }).map(([key, value]) => [`${name}:${key}`, value]),
  ),
)});
await import("./bin/index.js");
await pulumi.runtime.disconnect();
console.log(JSON.stringify(declared));
`;

describe("the examples", function () {
  this.timeout(240_000);
  let directory: string;
  let tarball: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "example-"));
    tarball = await packComponents(directory);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  /** A copy of the example in which the package is installed. */
  async function installed(name: string): Promise<string> {
    const app = join(directory, name);
    cpSync(join(examples, name), app, { recursive: true });
    await installComponents(tarball, app);
    return app;
  }

  it("are all tried here, but for the one in Python, which test/long deploys", () => {
    assert.deepEqual(readdirSync(examples).sort(), [...Object.keys(table), "python"].sort());
  });

  for (const [name, { declares, config, check }] of Object.entries(table))
    it(`pass the type check: ${name} declares ${declares}`, async () => {
      const app = await installed(name);
      await run(process.execPath, [join(modules, "typescript/bin/tsc"), "-p", app], {});
      writeFileSync(join(app, "mocks.mjs"), underMocks(name, config));
      check(JSON.parse(await run(process.execPath, [join(app, "mocks.mjs")], { cwd: app })) as Declared[]);
    });
});
