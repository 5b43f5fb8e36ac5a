import assert from "node:assert/strict";
import { existingIn } from "../../../../../../comparison/clouds/openstack/orphans/existing.ts";
import type { Existing, Found } from "../../../../../../comparison/clouds/openstack/orphans/existing.ts";
import { loadBalancerOrphans } from "../../../../../../comparison/clouds/openstack/orphans/loadBalancers.ts";
import { networkOrphans } from "../../../../../../comparison/clouds/openstack/orphans/network.ts";
import { unitsOf } from "../../../../../../comparison/clouds/openstack/orphans/units.ts";
import { portsOfNodes } from "../../../../../../comparison/clouds/openstack/sources/nodePorts.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";

const subnet = { id: "subnet-nodes", cidr: "10.0.0.0/16" };
const nodes = [{ name: "node-a", instanceId: "i-a", zone: "nova", address: "10.0.0.10", ready: true }];

const service = (name: string, nodePort: number, changes: Partial<ServiceFacts> = {}): ServiceFacts =>
  ({
    identity: { name, id: `uid-${name}` },
    namespace: "shop",
    type: "LoadBalancer",
    ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort }],
    annotations: { "loadbalancer.openstack.org/load-balancer-id": `lb-${name}` },
    finalizers: [],
    ingress: [],
    ...changes,
  }) as unknown as ServiceFacts;

type Of<K extends "loadBalancers" | "listeners" | "pools" | "ports" | "groups" | "floatingIps"> =
  Existing[K][number];

/** A load balancer with one listener and one pool, as the controller makes it for shop/NAME. */
function made(name: string, nodePort: number, { cluster = "dev", address = "10.0.0.10" } = {}) {
  const tag = `kube_service_${cluster}_shop_${name}`;
  const loadbalancers = [{ id: `lb-${name}` }];
  return {
    balancer: {
      id: `lb-${name}`,
      name: tag,
      description: `Kubernetes external service shop/${name} from cluster ${cluster}`,
      provisioning_status: "ACTIVE",
      vip_port_id: `vip-${name}`,
      vip_subnet_id: subnet.id,
      provider: "amphora",
      tags: [tag],
    } as unknown as Of<"loadBalancers">,
    listener: {
      id: `listener-${name}`,
      protocol: "TCP",
      protocol_port: 80,
      default_pool_id: `pool-${name}`,
      loadbalancers,
      tags: [tag],
    } as unknown as Of<"listeners">,
    pool: {
      id: `pool-${name}`,
      name: `pool_0_${tag}`,
      loadbalancers,
      members: [{ address, protocol_port: nodePort, subnet_id: subnet.id }],
    } as unknown as Of<"pools">,
  };
}

/** As a program makes it: without the controller's marks. */
function own(name: string, nodePort: number) {
  const { balancer, listener, pool } = made(name, nodePort);
  return {
    balancer: { ...balancer, name, description: "", tags: [] },
    listener: { ...listener, tags: [] },
    pool,
  };
}

const portOfNode = {
  id: "port-a",
  name: "node-a",
  device_owner: "compute:nova",
  device_id: "i-a",
  security_groups: ["g-nodes"],
  fixed_ips: [{ subnet_id: subnet.id, ip_address: "10.0.0.10" }],
};

/** Of another cluster's node with the same address. */
const portOfOther = {
  ...portOfNode,
  id: "port-z",
  device_id: "i-z",
  fixed_ips: [{ subnet_id: "subnet-prod", ip_address: "10.0.0.10" }],
};
const bothClusters = { ports: [portOfNode, portOfOther] };

function nodePortsIn(ports: Found["ports"]): Found["nodePorts"] {
  const found = portsOfNodes(ports, nodes);
  return found.kind === "known" ? found.ports : new Map();
}

function existing(
  services: readonly ServiceFacts[],
  sets: readonly ReturnType<typeof made>[],
  changes: Partial<Found> = {},
): Existing {
  const ports = changes.ports ?? [portOfNode];
  return existingIn({
    services,
    nodes,
    nodePorts: nodePortsIn(ports),
    subnet,
    loadBalancers: sets.map(({ balancer }) => balancer),
    listeners: sets.map(({ listener }) => listener),
    pools: sets.map(({ pool }) => pool),
    monitors: [],
    floatingIps: [],
    ports,
    groups: [],
    ...changes,
  });
}

const reasons = (of: Existing): string[] =>
  loadBalancerOrphans(of).map(({ kind, id, reason }) => `${kind} ${id}: ${reason}`);

const web = service("web", 30080);

describe("load balancers that are left behind on OpenStack", () => {
  it("are none while each has its Service", () => {
    const all = existing(
      [web, service("own", 30090, { type: "NodePort", annotations: {} })],
      [made("web", 30080), own("own", 30090)],
    );
    assert.deepEqual(reasons(all), []);
  });

  it("are the controller's whose Service is gone, has another type or class, is being deleted, or has another one", () => {
    const left = (...services: ServiceFacts[]) => reasons(existing(services, [made("web", 30080)])).join();
    assert.equal(left(), "load balancer lb-web: Service shop/web does not exist");
    assert.match(
      left(service("web", 30080, { type: "NodePort" })),
      /: Service shop\/web is of type NodePort$/,
    );
    assert.match(
      left(service("web", 30080, { loadBalancerClass: "a/b" })),
      /is of the class a\/b, which others serve/,
    );
    const other = { "loadbalancer.openstack.org/load-balancer-id": "lb-2" };
    assert.match(left(service("web", 30080, { annotations: other })), /has another load balancer: lb-2$/);
    assert.equal(left(service("web", 30080, { annotations: {} })), "");
    const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
    assert.match(
      left(service("web", 30080, { isBeingDeleted: true, finalizers })),
      /is being deleted and keeps its finalizer/,
    );
    assert.match(left(service("web", 30080, { isBeingDeleted: true })), /no controller will delete/);
  });

  it("are none of another cluster in the project, by its name or by the nodes that it leads to", () => {
    const theirs = made("theirs", 30081, { cluster: "prod", address: "10.9.0.1" });
    assert.deepEqual(reasons(existing([web], [made("web", 30080), theirs])), []);
    assert.deepEqual(reasons(existing([], [theirs])), []);
    assert.equal(existing([], [theirs]).cluster, undefined);
    const elsewhere = {
      ...theirs.pool,
      members: theirs.pool.members.map((each) => ({
        ...each,
        address: "10.0.0.10",
        subnet_id: "subnet-prod",
      })),
    };
    assert.deepEqual(reasons(existing([], [{ ...theirs, pool: elsewhere }], bothClusters)), []);
  });

  it("are none of another cluster of the same name, with the same addresses in another subnet", () => {
    const theirs = made("theirs", 30081);
    const members = theirs.pool.members.map((each) => ({ ...each, subnet_id: "subnet-prod" }));
    const apart = { ...theirs, pool: { ...theirs.pool, members } };
    assert.deepEqual(reasons(existing([web], [made("web", 30080), apart], bothClusters)), []);
    // Here it is this cluster's: in its subnet, or in one that a router joins with it.
    assert.equal(reasons(existing([web], [made("web", 30080), theirs], bothClusters)).length, 1);
    assert.equal(reasons(existing([web], [made("web", 30080), apart])).length, 1);
    const listener = { ...apart.listener, loadbalancers: [{ id: "lb-web" }] };
    const pool = { ...apart.pool, loadbalancers: [{ id: "lb-web" }] };
    const shared = existing([web], [made("web", 30080), { ...apart, listener, pool }], bothClusters);
    assert.ok(!reasons(shared).some((reason) => reason.startsWith("listener ")));
  });

  it("are known by the load balancer's subnet if its members name none", () => {
    const there = own("old", 30081);
    const members = there.pool.members.map((each) => ({ ...each, subnet_id: null }));
    const pool = { ...there.pool, members };
    assert.equal(reasons(existing([], [{ ...there, pool }], bothClusters)).length, 1);
    const balancer = { ...there.balancer, vip_subnet_id: "subnet-prod" };
    assert.deepEqual(reasons(existing([], [{ ...there, pool, balancer }], bothClusters)), []);
  });

  it("are the cluster's in a subnet that a router joins with the nodes'", () => {
    for (const [set, count] of [
      [made("old", 30081), 1],
      [own("old", 30081), 1],
      [own("web", 30080), 0],
    ] as const) {
      const members = set.pool.members.map((each) => ({ ...each, subnet_id: "subnet-vips" }));
      const balancer = { ...set.balancer, vip_subnet_id: "subnet-vips" };
      const routed = { ...set, balancer, pool: { ...set.pool, members } };
      const standing = [made("web", 30080), routed];
      assert.equal(reasons(existing([web], standing)).length, count);
      // Another cluster's node has the address as well: nothing tells which of them is meant.
      assert.deepEqual(reasons(existing([web], standing, bothClusters)), []);
    }
  });

  it("are none that another Service shares, but the listener of the one that is gone", () => {
    const { balancer, listener, pool } = made("web", 30080);
    const tag = "kube_service_dev_shop_other";
    const shared = { balancer: { ...balancer, tags: [...balancer.tags, tag] }, listener, pool };
    const sharing = service("other", 30085, {
      annotations: { "loadbalancer.openstack.org/load-balancer-id": "lb-web" },
    });
    const theirs = {
      ...listener,
      id: "listener-other",
      protocol_port: 81,
      tags: [tag],
      default_pool_id: null,
    };
    const all = existing([sharing], [shared], { listeners: [listener, theirs] });
    assert.deepEqual(reasons(all), ["listener listener-web: Service shop/web does not exist"]);
    assert.deepEqual(
      loadBalancerOrphans(all)[0]?.parts.map(({ id }) => id),
      ["pool-web"],
    );
    // Its own tag does for a Service that has no annotation yet.
    const marked = existing([{ ...sharing, annotations: {} }], [shared], { listeners: [listener, theirs] });
    assert.equal(reasons(marked).length, 1);
  });

  it("are a program's that lead to node ports which no Service has, and no others", () => {
    assert.match(
      reasons(existing([web], [own("own", 30090)])).join(),
      /^load balancer lb-own: it leads to .* no Service has$/,
    );
    for (const port of [30080, 8080, 32768])
      assert.deepEqual(reasons(existing([web], [own("own", port)])), [], String(port));
    const { balancer, listener, pool } = own("own", 30090);
    const theirs = { ...pool, members: pool.members.map((each) => ({ ...each, address: "10.0.0.99" })) };
    assert.deepEqual(reasons(existing([web], [{ balancer, listener, pool: theirs }])), []);
  });

  it("are empty ones in the nodes' subnet, unless Octavia is at work", () => {
    const { balancer } = own("own", 0);
    const empty = (changes: Partial<Of<"loadBalancers">> = {}) =>
      reasons(existing([], [], { loadBalancers: [{ ...balancer, ...changes }] }));
    assert.match(empty().join(), /it is in the nodes' subnet and has neither listeners nor members/);
    assert.deepEqual(empty({ vip_subnet_id: "other" }), []);
    assert.deepEqual(empty({ provisioning_status: "PENDING_CREATE" }), []);
  });

  it("leave a listener or a pool behind where others of the load balancer are needed", () => {
    const one = own("own", 30080);
    const more = own("more", 30090);
    const of = [{ id: "lb-own" }];
    const [listener, pool] = [
      { ...more.listener, loadbalancers: of },
      { ...more.pool, loadbalancers: of },
    ];
    const parts = { listeners: [one.listener, listener], pools: [one.pool, pool] };
    assert.match(reasons(existing([web], [one], parts)).join(), /^listener listener-more: it leads to/);
    const unheard = { ...parts, listeners: [one.listener] };
    assert.match(reasons(existing([web], [one], unheard)).join(), /^pool pool-more: it leads to/);
  });

  it("say their parts, what they take, and the commands that remove them in an order that works", () => {
    const all = existing([], [made("web", 30080)], {
      monitors: [
        { id: "hm-1", type: "TCP", pools: [{ id: "pool-web" }] } as unknown as Existing["monitors"][number],
      ],
      floatingIps: [
        {
          id: "fip-1",
          description: "",
          floating_ip_address: "203.0.113.9",
          floating_network_id: "net",
          port_id: "vip-web",
        },
      ],
    });
    const [orphan] = loadBalancerOrphans(all);
    assert.equal(orphan?.service, "shop/web");
    assert.equal(orphan.units, "1 load balancer of 1 amphora or 2, 1 floating IP");
    assert.deepEqual(
      orphan.parts.map(({ kind, id }) => `${kind} ${id}`),
      ["listener listener-web", "pool pool-web", "health monitor hm-1", "floating IP fip-1"],
    );
    assert.deepEqual(orphan.commands, [
      "openstack floating ip delete fip-1",
      "openstack loadbalancer delete --cascade lb-web",
    ]);
    assert.equal(
      unitsOf(["lab", "lab", "amphora"], 2),
      "2 load balancers of the provider lab, 1 load balancer of 1 amphora or 2, 2 floating IPs",
    );
  });
});

describe("what is left behind in Neutron", () => {
  const left = (
    services: readonly ServiceFacts[],
    changes: Partial<Existing>,
    sets: readonly ReturnType<typeof made>[] = [made("web", 30080)],
  ) =>
    networkOrphans(existing(services, sets, changes)).map(
      ({ kind, name, reason }) => `${kind} ${name}: ${reason}`,
    );

  it("is a floating IP that no port has and no Service asks for", () => {
    const ip = (description: string, port_id: string | null = null) => ({
      floatingIps: [
        { id: "fip-1", description, floating_ip_address: "203.0.113.9", floating_network_id: "net", port_id },
      ],
    });
    assert.match(
      left([web], ip("")).join(),
      /^floating IP 203\.0\.113\.9: no port has it, and nothing tells who made it/,
    );
    assert.match(
      left([web], ip("Floating IP for Kubernetes external service shop/old from cluster dev")).join(),
      /the controller made it for Service shop\/old of cluster dev/,
    );
    assert.deepEqual(left([web], ip("", "vip-web")), []);
    const ofOther = ip("Floating IP for Kubernetes external service shop/old from cluster prod");
    assert.deepEqual(left([web], ofOther), []);
    // Nothing tells the cluster's name: it may be the one that the description names, unless that one has its load balancers elsewhere.
    assert.equal(left([], ofOther, []).length, 1);
    const elsewhere = made("theirs", 30081, { cluster: "prod", address: "10.9.0.1" });
    assert.deepEqual(left([], ofOther, [elsewhere]), []);
    assert.deepEqual(left([{ ...web, loadBalancerIP: "203.0.113.9" }], ip("")), []);
  });

  it("is the port of a load balancer that does not exist", () => {
    const port = (id: string, device_owner = "Octavia") => ({
      ports: [
        {
          id: `p-${id}`,
          name: `octavia-lb-${id}`,
          device_owner,
          device_id: `lb-${id}`,
          security_groups: [],
          fixed_ips: [],
        },
      ],
    });
    assert.match(
      left([web], port("gone")).join(),
      /^port octavia-lb-gone: Octavia made it for the load balancer gone/,
    );
    assert.deepEqual(left([web], port("gone", "compute:nova")), []);
    const { balancer, ...parts } = made("web", 30080);
    assert.deepEqual(left([web], port("web"), [{ ...parts, balancer: { ...balancer, id: "web" } }]), []);
  });

  const group = (name: string, service: string, cluster = "dev"): Of<"groups"> => ({
    id: "g-1",
    name,
    description: `Security Group for ${service} Service LoadBalancer in cluster ${cluster}`,
    security_group_rules: [],
  });

  it("is the security group of a Service that is gone or was made anew, and no other cluster's", () => {
    assert.match(
      left([web], { groups: [group("lb-sg-uid-old-shop-old", "shop/old")] }).join(),
      /: Service shop\/old does not exist$/,
    );
    assert.match(
      left([web], { groups: [group("lb-sg-uid-before-shop-web", "shop/web")] }).join(),
      /was made anew, and has another group$/,
    );
    assert.deepEqual(left([web], { groups: [group("lb-sg-uid-web-shop-web", "shop/web")] }), []);
    assert.deepEqual(left([web], { groups: [group("lb-sg-x-shop-old", "shop/old", "prod")] }), []);
    assert.deepEqual(left([web], { groups: [{ ...group("mine", "shop/old") }] }), []);
    const [port] = existing([], []).ports;
    assert.ok(port !== undefined);
    const elsewhere = {
      ...port,
      device_id: "i-z",
      security_groups: ["g-1"],
      fixed_ips: [{ subnet_id: "subnet-prod", ip_address: "10.0.0.10" }],
    };
    const groups = [group("lb-sg-uid-old-shop-old", "shop/old")];
    assert.equal(left([web], { groups }).length, 1);
    assert.deepEqual(left([web], { groups, ports: [port, elsewhere] }), []);
  });

  it("is known by a group on the nodes if no load balancer tells the cluster's name, and removed from their ports first", () => {
    const base = existing([], []);
    const ports = base.ports.map((each) => ({ ...each, security_groups: ["g-1"] }));
    const [orphan] = networkOrphans(
      existingIn({
        ...base,
        ports,
        nodePorts: nodePortsIn(ports),
        groups: [group("lb-sg-uid-old-shop-old", "shop/old")],
      }),
    );
    assert.deepEqual(orphan?.commands, [
      "openstack port unset --security-group g-1 port-a",
      "openstack security group delete g-1",
    ]);
    assert.deepEqual(left([], { groups: [group("lb-sg-uid-old-shop-old", "shop/old")] }, []), []);
  });

  it("is a rule of the nodes for one node port that no Service has, from their subnet", () => {
    const rule = {
      id: "r-1",
      direction: "ingress",
      ethertype: "IPv4",
      protocol: "tcp",
      port_range_min: 30099,
      port_range_max: 30099,
      remote_ip_prefix: subnet.cidr,
      remote_group_id: null,
    };
    const having = (changes: Partial<typeof rule>, id = "g-nodes") =>
      left([service("web", 30080, { healthCheckNodePort: 30081 })], {
        groups: [{ id, name: "nodes", description: "", security_group_rules: [{ ...rule, ...changes }] }],
      });
    assert.deepEqual(having({}), [
      "rule tcp 30099 from 10.0.0.0/16 in nodes: it is for a node port that no Service has",
    ]);
    const needed: Partial<typeof rule>[] = [
      { port_range_min: 30080, port_range_max: 30080 },
      { port_range_min: 30081, port_range_max: 30081 },
      { port_range_max: 30100 },
      { port_range_min: 22, port_range_max: 22 },
      { remote_ip_prefix: "192.0.2.0/24" },
      { direction: "egress" },
    ];
    for (const changes of needed) assert.deepEqual(having(changes), [], JSON.stringify(changes));
    assert.equal(having({ protocol: "udp", port_range_min: 30080, port_range_max: 30080 }).length, 1);
    assert.deepEqual(having({}, "g-others"), []);
  });
});
