/** The example as a program of its own, with the components as the package that npm packs. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { run } from "../../../lab/tools/command.ts";

const checkout = resolve(import.meta.dirname, "../../..");
const modules = join(checkout, "node_modules");
const example = join(checkout, "examples/shared-load-balancer");

/** Prints what the program declares, under Pulumi's mocks. */
const underMocks = `
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
await pulumi.runtime.setMocks(
  {
    call: ({ token, inputs }) =>
      JSON.stringify(inputs).includes("tag-key") ? { ids: [] } : answers[token] ?? {},
    newResource({ type, name, inputs }) {
      declared.push({ type: type.split(":").at(-1), name, inputs });
      return { id: name + "-id", state: { ...inputs, arn: "arn:" + name, dnsName: name + ".example.com" } };
    },
  },
  "shared-load-balancer",
  "test",
  true,
);
pulumi.runtime.setAllConfig({
  "shared-load-balancer:clusterName": "production",
  "shared-load-balancer:clients": "203.0.113.0/24",
  "shared-load-balancer:operators": "198.51.100.0/24",
});
await import("./bin/index.js");
await pulumi.runtime.disconnect();
console.log(JSON.stringify(declared));
`;

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

describe("the example of a shared load balancer", function () {
  this.timeout(240_000);
  let directory: string;
  let app: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "example-"));
    const source = join(directory, "source");
    app = join(directory, "app");
    mkdirSync(source);
    cpSync(join(checkout, "components"), join(source, "components"), {
      recursive: true,
      filter: (path) => !["node_modules", "dist"].includes(basename(path)),
    });
    for (const file of ["package.json", "tsconfig.json"]) cpSync(join(checkout, file), join(source, file));
    symlinkSync(modules, join(source, "node_modules"));
    await run("npm", ["pack", "--pack-destination", directory], { cwd: join(source, "components") });
    const tarball = readdirSync(directory).find((file) => file.endsWith(".tgz")) ?? assert.fail();

    cpSync(example, app, { recursive: true });
    const installed = join(app, "node_modules/@nodeport-vs-loadbalancer/components");
    mkdirSync(installed, { recursive: true });
    await run("tar", ["-xzf", join(directory, tarball), "--strip-components=1", "-C", installed], {});
    for (const name of ["@pulumi", "@types", "ipaddr.js"])
      symlinkSync(join(modules, name), join(app, "node_modules", name));
    await run(process.execPath, [join(modules, "typescript/bin/tsc"), "-p", app], {});
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("passes the type check, and declares one load balancer with a listener for each Service", async () => {
    writeFileSync(join(app, "mocks.mjs"), underMocks);
    const declared = JSON.parse(
      await run(process.execPath, [join(app, "mocks.mjs")], { cwd: app }),
    ) as Declared[];
    const namesOf = (type: string) => declared.filter((each) => each.type === type).map(({ name }) => name);
    assert.deepEqual(
      namesOf("LoadBalancer"),
      ["shared"].map((name) => `${name}-sg`),
    );
    assert.deepEqual(namesOf("Listener").sort(), ["shared-80", "shared-9090"]);
    assert.deepEqual(namesOf("Service").sort(), ["metrics", "shop"]);
    const clients = declared.find(({ name }) => name === "shared-listener-tcp-9090-198.51.100.0/24");
    assert.equal(clients?.inputs.cidrIpv4, "198.51.100.0/24");
  });
});
