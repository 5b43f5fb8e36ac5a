import assert from "node:assert/strict";
import { later } from "../../../../../../comparison/model/later.ts";
import { cluster, made, refusal, service } from "./cluster.ts";

const attribute = (name: string, annotations: Record<string, string>): string | undefined =>
  made(service({}, annotations)).loadBalancer.attributes[name];

describe("the load balancer that the cloud controller manager makes", () => {
  it("is an internet-facing Network Load Balancer over IPv4 without a security group", () => {
    const { loadBalancer } = made(service());
    assert.equal(loadBalancer.type, "network");
    assert.equal(loadBalancer.scheme, "internet-facing");
    assert.equal(loadBalancer.ipAddressType, "ipv4");
    assert.equal(loadBalancer.vpc, "vpc-1");
    assert.deepEqual(loadBalancer.securityGroups, []);
  });

  it("belongs to the controller with all its parts", () => {
    const { loadBalancer, rules } = made(service());
    const { owner, listeners, pools } = loadBalancer;
    const members = pools.flatMap((group) => group.members);
    const owners = [owner, ...[...listeners, ...pools, ...members, ...rules].map((part) => part.owner)];
    assert.deepEqual(new Set(owners), new Set(["cloud controller"]));
    assert.equal(owners.length, 1 + 1 + 1 + 2 + 2);
  });

  it("has ids, a DNS name and addresses that only AWS can know", () => {
    const { loadBalancer, rules } = made(service());
    assert.equal(loadBalancer.identity.id, later);
    assert.equal(loadBalancer.address, later);
    assert.deepEqual(new Set(loadBalancer.zones.flatMap(({ addresses }) => addresses)), new Set([later]));
    assert.deepEqual(new Set(rules.map(({ identity }) => identity.id)), new Set([later]));
    assert.deepEqual(new Set(loadBalancer.pools[0]?.members.map(({ state }) => state)), new Set([later]));
  });

  for (const [value, scheme] of [
    ["true", "internal"],
    ["0.0.0.0/0", "internal"],
    ["false", "internet-facing"],
    ["", "internet-facing"],
  ] as const) {
    it(`is ${scheme} with the annotation internal "${value}"`, () => {
      assert.equal(made(service({}, { internal: value })).loadBalancer.scheme, scheme);
    });
  }

  it("has all of AWS's attributes, with cross-zone and access logs off", () => {
    assert.deepEqual(made(service()).loadBalancer.attributes, {
      "access_logs.s3.bucket": "",
      "access_logs.s3.enabled": "false",
      "access_logs.s3.prefix": "",
      "deletion_protection.enabled": "false",
      "dns_record.client_routing_policy": "any_availability_zone",
      "load_balancing.cross_zone.enabled": "false",
      "secondary_ips.auto_assigned.per_subnet": "0",
      "zonal_shift.config.enabled": "false",
    });
  });

  it("balances across zones if annotated so, in any of Go's words for true", () => {
    const [key, name] = ["load_balancing.cross_zone.enabled", "cross-zone-load-balancing-enabled"];
    assert.equal(attribute(key, { [name]: "true" }), "true");
    assert.equal(attribute(key, { [name]: "T" }), "true");
    assert.equal(attribute(key, { [name]: "0" }), "false");
    assert.equal(attribute(key, { [name]: "" }), "false");
  });

  it("is refused with another word for cross-zone, or for access logs", () => {
    for (const name of ["cross-zone-load-balancing-enabled", "access-log-enabled"]) {
      assert.match(refusal(service({}, { [name]: "yes" })), new RegExp(`${name} is "yes"; allowed are true`));
    }
  });

  it("writes access logs to the annotated bucket", () => {
    const { attributes } = made(
      service(
        {},
        {
          "access-log-enabled": "true",
          "access-log-s3-bucket-name": "logs",
          "access-log-s3-bucket-prefix": "web",
        },
      ),
    ).loadBalancer;
    assert.equal(attributes["access_logs.s3.enabled"], "true");
    assert.equal(attributes["access_logs.s3.bucket"], "logs");
    assert.equal(attributes["access_logs.s3.prefix"], "web");
  });

  it("keeps no bucket without access logs", () => {
    assert.equal(attribute("access_logs.s3.bucket", { "access-log-s3-bucket-name": "logs" }), "");
  });

  it("has the tags of Service and cluster, and its target groups the same", () => {
    const tags = {
      "kubernetes.io/service-name": "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d",
      "kubernetes.io/cluster/dev": "owned",
    };
    const { loadBalancer } = made(service());
    assert.deepEqual(loadBalancer.tags, tags);
    assert.deepEqual(loadBalancer.pools[0]?.tags, tags);
  });

  it("has the additional tags too, which cannot replace the controller's", () => {
    const annotated = "team=web, empty=,bare,cut=a=b,=nothing,kubernetes.io/cluster/dev=shared";
    assert.deepEqual(made(service({}, { "additional-resource-tags": annotated })).loadBalancer.tags, {
      team: "web",
      empty: "",
      bare: "",
      cut: "a",
      "kubernetes.io/service-name": "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d",
      "kubernetes.io/cluster/dev": "owned",
    });
  });

  it("has no cluster's tag from a controller without a cluster's id", () => {
    assert.deepEqual(Object.keys(made(service(), { ...cluster, name: "" }).loadBalancer.tags), [
      "kubernetes.io/service-name",
    ]);
  });

  it("has a Service's tag that is not known before the Service has a name", () => {
    const unnamed = service({ identity: { name: later, id: later } });
    assert.equal(made(unnamed).loadBalancer.tags["kubernetes.io/service-name"], later);
  });

  it("has the annotated private addresses if it is internal", () => {
    const addresses = "10.0.0.7,10.0.16.7";
    const { zones } = made(
      service({}, { internal: "true", "private-ipv4-addresses": addresses }),
    ).loadBalancer;
    assert.deepEqual(
      zones.map(({ zone, addresses: [address] }) => [zone, address]),
      [
        ["us-west-2a", "10.0.0.7"],
        ["us-west-2b", "10.0.16.7"],
      ],
    );
  });

  it("has the annotated Elastic IP addresses if it is internet-facing", () => {
    const { zones } = made(service({}, { "eip-allocations": "eipalloc-a,eipalloc-b" })).loadBalancer;
    assert.deepEqual(
      zones.map(({ zone, addresses, elasticAddresses }) => [zone, addresses, elasticAddresses]),
      [
        ["us-west-2a", [later], ["eipalloc-a"]],
        ["us-west-2b", [later], ["eipalloc-b"]],
      ],
    );
    assert.deepEqual(
      made(service()).loadBalancer.zones.filter((zone) => "elasticAddresses" in zone),
      [],
    );
  });

  for (const name of ["eip-allocations", "private-ipv4-addresses"]) {
    it(`is refused unless ${name} has an item for each subnet`, () => {
      assert.match(refusal(service({}, { [name]: "one" })), /has 1 items for 2 subnets/);
    });
  }
});
