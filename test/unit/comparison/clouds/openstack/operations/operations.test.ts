import assert from "node:assert/strict";
import { openstackOperations } from "../../../../../../comparison/clouds/openstack/operations/operations.ts";
import { fakeApi } from "./fakeApi.ts";

const of = (id: string) => ({ loadbalancers: [{ id }] });
const active = { provisioning_status: "ACTIVE" };
const member = (id: string, address: string, operating_status = "ONLINE") => ({
  id,
  address,
  operating_status,
  protocol_port: 30080,
  monitor_port: null,
  subnet_id: "subnet-1",
});
const port = (device_id: string, ip_address: string, device_owner = "compute:nova") => ({
  device_id,
  device_owner,
  fixed_ips: [{ ip_address }],
});
const rule = (id: string, changes: object = {}) => ({
  id,
  direction: "ingress",
  ethertype: "IPv4",
  protocol: "tcp",
  port_range_min: 30080,
  port_range_max: 30080,
  remote_ip_prefix: "10.0.0.0/24",
  remote_group_id: null,
  ...changes,
});

const objects: Readonly<Record<string, readonly unknown[]>> = {
  "v2/lbaas/loadbalancers": [
    { id: "lb-1", vip_address: "10.0.0.50", vip_port_id: "vip-1", availability_zone: null, ...active },
    { id: "lb-2", vip_address: "10.0.0.51", vip_port_id: "vip-2", availability_zone: "nova", ...active },
  ],
  "v2/lbaas/listeners": [
    { id: "listener-1", protocol_port: 80, ...of("lb-1") },
    { id: "listener-2", protocol_port: 81, ...of("lb-1") },
    { id: "listener-3", protocol_port: 80, ...of("lb-2") },
  ],
  "v2/lbaas/pools": [
    { id: "pool-1", protocol: "TCP", ...of("lb-1") },
    { id: "pool-2", protocol: "PROXYV2", ...of("lb-2") },
  ],
  "v2/lbaas/pools/pool-1/members": [
    member("m-1", "10.0.0.11"),
    member("m-2", "10.0.0.12", "ERROR"),
    member("m-3", "10.0.0.13", "DRAINING"),
    member("m-4", "10.0.0.14", "NO_MONITOR"),
    member("m-5", "10.0.0.99", "OFFLINE"),
  ],
  "v2/lbaas/pools/pool-2/members": [{ ...member("m-6", "10.0.0.11"), monitor_port: 32000 }],
  "v2/lbaas/healthmonitors": [
    { id: "monitor-1", delay: 5, pools: [{ id: "pool-1" }] },
    { id: "monitor-2", delay: 7, pools: [{ id: "pool-2" }] },
  ],
  "v2.0/floatingips": [
    { id: "fip-0", floating_ip_address: "203.0.113.8", port_id: null },
    { id: "fip-1", floating_ip_address: "203.0.113.9", port_id: "vip-1" },
  ],
  "v2.0/ports": [
    port("i-1", "10.0.0.11"),
    port("i-2", "10.0.0.12"),
    port("i-3", "10.0.0.13"),
    port("i-4", "10.0.0.14"),
    port("i-5", "10.0.0.15"),
    port("lb-1", "10.0.0.50", "Octavia"),
  ],
  "v2.0/security-groups": [
    {
      id: "group-1",
      security_group_rules: [
        rule("rule-1"),
        rule("rule-2", { direction: "egress" }),
        rule("rule-3", { ethertype: "IPv6" }),
        rule("rule-4", { port_range_min: 30000, port_range_max: 32767 }),
      ],
    },
    { id: "group-2", security_group_rules: [rule("rule-5", { remote_ip_prefix: null })] },
  ],
};

const given = () => {
  const { api, asked } = fakeApi(
    Object.fromEntries(Object.entries(objects).map(([path, list]) => [path, () => list])),
  );
  return { operations: openstackOperations(api), asked };
};
const floating = "203.0.113.9";
const internal = "10.0.0.51";

describe("operations on OpenStack", () => {
  it("find a load balancer by its floating IP, or else by its own address", async () => {
    const { operations } = given();
    assert.deepEqual(await operations.listeningPorts(floating), [80, 81]);
    assert.deepEqual(await operations.listeningPorts(internal), [80]);
    assert.deepEqual(
      [await operations.scheme(floating), await operations.scheme(internal)],
      ["internet-facing", "internal"],
    );
    for (const address of ["203.0.113.7", "203.0.113.8"])
      await assert.rejects(
        operations.scheme(address),
        new RegExp(`no load balancer has the address ${address}`),
      );
  });

  it("know the address by which a load balancer connects to its members", async () => {
    const { operations } = given();
    assert.deepEqual(await operations.zones(floating), [
      { zone: "default", address: floating, sourceAddress: "10.0.0.50" },
    ]);
  });

  it("name members by their machines, and say whether they take traffic", async () => {
    const { operations } = given();
    const said = (await operations.members(floating)).map(({ machine, state }) => `${machine} ${state}`);
    assert.deepEqual(said, [
      "i-1 healthy",
      "i-2 unhealthy",
      "i-3 draining",
      "i-4 unknown",
      "10.0.0.99 unused",
    ]);
    assert.deepEqual(await operations.members(internal), [
      { pool: "pool-2", machine: "i-1", port: 30080, state: "healthy", reason: "" },
    ]);
  });

  it("ask for each list once for all who wait for members at the same time", async () => {
    const listed: string[] = [];
    const { api } = fakeApi(
      Object.fromEntries(
        Object.entries(objects).map(([path, list]) => [path, () => (listed.push(path), list)] as const),
      ),
    );
    const operations = openstackOperations(api);
    const together = [floating, internal, floating].map((address) => operations.members(address));
    assert.deepEqual(
      (await Promise.all(together)).map(({ length }) => length),
      [5, 1, 5],
    );
    const lists = listed.filter((path) => !path.endsWith("/members"));
    assert.deepEqual(lists.sort(), [...new Set(lists)]);
    await operations.members(internal);
    assert.equal(listed.filter((path) => path === "v2/lbaas/loadbalancers").length, 2);
  });

  it("describe pools: how often they check, at which port, and whether they add a header", async () => {
    const { operations } = given();
    const of = async (address: string) =>
      (await operations.pools(address)).map(({ id, check, addsHeader }) => ({ id, ...check, addsHeader }));
    assert.deepEqual(await of(floating), [
      { id: "pool-1", port: "traffic-port", intervalSeconds: 5, addsHeader: false },
    ]);
    assert.deepEqual(await of(internal), [
      { id: "pool-2", port: "32000", intervalSeconds: 7, addsHeader: true },
    ]);
  });

  it("take a member out", async () => {
    const { operations, asked } = given();
    await operations.takeOut({ pool: "pool-1", machine: "i-2" });
    assert.deepEqual(asked, ["DELETE v2/lbaas/pools/pool-1/members/m-2"]);
    for (const machine of ["i-5", "i-9"])
      await assert.rejects(
        operations.takeOut({ pool: "pool-1", machine }),
        new RegExp(`pool-1 has no member ${machine}`),
      );
    await assert.rejects(operations.takeOut({ pool: "pool-9", machine: "i-1" }), /there is no pool pool-9/);
  });

  it("delete the listener on a port", async () => {
    const { operations, asked } = given();
    await operations.deleteListener(floating, 81);
    assert.deepEqual(asked, ["DELETE v2/lbaas/listeners/listener-2"]);
    await assert.rejects(operations.deleteListener(floating, 82), /has no listener on port 82/);
  });

  it("find the rules that let something in at a node port alone, and delete one", async () => {
    const { operations, asked } = given();
    const openings = await operations.openings(30080);
    assert.deepEqual(openings, [
      { id: "rule-1", source: "10.0.0.0/24" },
      { id: "rule-5", source: undefined },
    ]);
    await operations.close({ id: "rule-1", source: "10.0.0.0/24" });
    assert.deepEqual(asked, ["DELETE v2.0/security-group-rules/rule-1"]);
    assert.deepEqual(await operations.balancerOpenings(floating), []);
  });

  it("refuse what OpenStack does not have", async () => {
    const { operations } = given();
    await assert.rejects(
      operations.changeSource({ id: "rule-1", source: "10.0.0.0/24" }, "192.0.2.0/24"),
      /Neutron changes no rule/,
    );
    await assert.rejects(
      operations.setDraining("pool-1", { delaySeconds: 5, terminates: true }),
      /no draining delay/,
    );
    await assert.rejects(
      operations.putBack({ pool: "pool-1", machine: "i-2" }),
      /nothing on OpenStack puts a member back/,
    );
    await assert.rejects(operations.setCheckPort("pool-2", "10256"), /nothing on OpenStack sets the port/);
  });

  it("list every part of load balancers by kind", async () => {
    const { operations } = given();
    const counts = Object.entries(await operations.objects()).map(([kind, ids]) => `${ids.length} ${kind}`);
    assert.deepEqual(counts, [
      "2 load balancer",
      "2 floating IP",
      "3 listener",
      "2 pool",
      "6 member",
      "2 monitor",
      "2 security group",
      "4 rule",
    ]);
  });
});
