import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as v from "valibot";
import { cloudConfig } from "../../../../../lab/clouds/openstack/controller/controller.ts";
import { candidate } from "../../../../../lab/clouds/openstack/entries.ts";
import { ids, services } from "../../../../../lab/clouds/openstack/layout.ts";
import { apiPort } from "../../../../../lab/clouds/openstack/settings.ts";
import { hasLab, parseLabSettings } from "../../../../../lab/settings.ts";

const checkout = join(import.meta.dirname, "../../../../..");
const read = (file: string): string => readFileSync(join(checkout, file), "utf8");

describe("the lab's OpenStack", () => {
  it("is the same to the services as to the lab: ids, prefixes and ports", () => {
    const python = read("lab/clouds/openstack/services/layout.py");
    for (const id of Object.values(ids)) assert.match(python, new RegExp(`"${id}"`));
    for (const { prefix, port } of Object.values(services))
      assert.match(python, new RegExp(`"prefix": "${prefix}", .*"port": ${port}\\b`));
  });

  it("builds packages without a wheel by the very setuptools that it installs", () => {
    const [builders, requirements] = ["build-requirements.txt", "requirements.txt"].map((name) =>
      read(`lab/clouds/openstack/services/${name}`),
    );
    const pinned = builders?.replace(/^#.*\n/, "") ?? "";
    assert.match(pinned, /^setuptools==\S+ \\\n +--hash=sha256:/);
    assert.ok(requirements?.includes(pinned));
  });

  it("has the ids that the stack openstack names, for the program and for the controller", () => {
    const stack = read("Pulumi.openstack.yaml");
    assert.match(stack, new RegExp(`:subnetId: ${ids.subnet}`));
    assert.match(stack, new RegExp(`:securityGroupId: ${ids.securityGroup}`));
    assert.match(stack, new RegExp(`:floatingNetworkId: ${ids.externalNetwork}`));
    assert.match(
      cloudConfig(),
      new RegExp(`subnet-id = ${ids.subnet}\\nfloating-network-id = ${ids.externalNetwork}`),
    );
  });

  it("gives the plug-in the version of the package whose types it has", () => {
    const file = createRequire(import.meta.url).resolve("@pulumi/openstack/package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    assert.match(
      read("lab/clouds/openstack/plugin/main.go"),
      new RegExp(`version = "${version.replace(/^v/, "")}"`),
    );
  });

  it("is found in the stack's configuration, beside the lab of dev", () => {
    const settings = parseLabSettings(read("Pulumi.openstack.yaml"), checkout, "Pulumi.openstack.yaml");
    const dev = parseLabSettings(read("Pulumi.dev.yaml"), checkout, "Pulumi.dev.yaml");
    assert.equal(settings.cloud, "openstack");
    const ports = [...Object.values(settings.ports), ...Object.values(dev.ports)];
    assert.equal(new Set(ports).size, ports.length);
    assert.notEqual(settings.kubeconfig, dev.kubeconfig);
    assert.deepEqual(
      ["dev", "openstack", "eks", "none"].map((stack) => hasLab(checkout, stack)),
      [true, true, false, false],
    );
  });

  it("takes the API's port from the URL of the identity service on loopback, and no other", () => {
    const accepted = (url: string): boolean => v.safeParse(apiPort.schema, url).success;
    assert.equal(v.parse(apiPort.schema, "http://127.0.0.1:25566/identity/v3"), 25566);
    assert.ok(!accepted("http://192.0.2.1:25566/identity/v3"));
    assert.ok(!accepted("http://127.0.0.1:25566/v3"));
  });
});

describe("an OpenStack load balancer behind one of the host's ports", () => {
  const balancer = {
    id: "a",
    name: "kube_service_dev_web_web",
    vip_address: "10.0.48.10",
    vip_port_id: "p",
    created_at: "2026-11-30T19:00:00",
    tags: [],
  };
  const listener = (protocol: string, protocol_port: number, id = "a") => ({
    protocol,
    protocol_port,
    loadbalancers: [{ id }],
  });

  it("is the controller's by its name, at its floating IP and its own ports of TCP", () => {
    const listeners = [listener("TCP", 80), listener("UDP", 53), listener("TCP", 443, "b")];
    const floating = [{ floating_ip_address: "198.18.0.9", port_id: "p" }];
    assert.deepEqual(candidate(balancer, listeners, floating), {
      host: "198.18.0.9",
      createdTime: new Date("2026-11-30T19:00:00Z"),
      madeByController: true,
      isHidden: false,
      ports: [80],
    });
  });

  it("is the program's by any other name, at its own address if it has no floating IP", () => {
    const { host, madeByController } = candidate({ ...balancer, name: "web-1" }, [], []);
    assert.deepEqual([host, madeByController], ["10.0.48.10", false]);
  });
});
