import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openstack } from "../../../../../../comparison/clouds/openstack/index.ts";
import { readerOf } from "../../../../../../comparison/clouds/openstack/sources/reader.ts";
import { ownGroup } from "../../../../../../comparison/clouds/openstack/cloudControllerManager/predict.ts";
import { findCredentials } from "../../../../../../comparison/clouds/openstack/api/credentials.ts";
import { OpenStackApi } from "../../../../../../comparison/clouds/openstack/api/session.ts";
import type {
  OctaviaFacts,
  OpenStackClusterFacts,
  RuleFacts,
} from "../../../../../../comparison/clouds/openstack/model.ts";
import type { NodeFacts } from "../../../../../../comparison/model/cluster.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { known } from "../../../../../../comparison/model/sourceResult.ts";
import { asking } from "../../../../../../comparison/sources/asking.ts";

const nodes = ["10.0.0.11", "10.0.0.12"].map((address, index) => ({
  name: `node-${index + 1}`,
  instanceId: `node-${index + 1}`,
  zone: "nova",
  address,
  ready: true,
}));

const service = {
  namespace: "shop",
  identity: { name: "web", id: "uid-1" },
  type: "LoadBalancer",
  ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30080 }],
  annotations: {},
  ingress: ["203.0.113.9"],
} as unknown as ServiceFacts;

const nodePorts = "/net/v2.0/ports?fixed_ips=ip_address%3D10.0.0.11&fixed_ips=ip_address%3D10.0.0.12";
const securityGroups = "/net/v2.0/security-groups";

/** As in https://docs.openstack.org/api-ref/load-balancer/v2/ and https://docs.openstack.org/api-ref/network/v2/. Undefined is answered with 404. */
const answers: Record<string, unknown> = {
  "/lb/v2/lbaas/loadbalancers": {
    loadbalancers: [
      {
        id: "lb-1",
        admin_state_up: true,
        name: "kube_service_dev_shop_web",
        description: "Kubernetes external service shop/web from cluster dev",
        provisioning_status: "ACTIVE",
        operating_status: "ONLINE",
        vip_address: "10.0.0.50",
        vip_port_id: "port-vip",
        vip_subnet_id: "subnet-1",
        provider: "amphora",
        flavor_id: null,
        availability_zone: null,
        tags: ["kube_service_dev_shop_web"],
      },
    ],
  },
  "/lb/v2/lbaas/listeners": {
    listeners: [],
    listeners_links: [{ rel: "next", href: "HERE/lb/v2/lbaas/listeners?marker=1" }],
  },
  "/lb/v2/lbaas/listeners?marker=1": {
    listeners: [
      {
        id: "listener-1",
        admin_state_up: true,
        name: "listener_0_kube_service_dev_shop_web",
        protocol: "TCP",
        protocol_port: 80,
        connection_limit: -1,
        allowed_cidrs: ["0.0.0.0/0"],
        timeout_client_data: 50000,
        timeout_member_connect: 5000,
        timeout_member_data: 50000,
        timeout_tcp_inspect: 0,
        insert_headers: {},
        default_pool_id: "pool-1",
        loadbalancers: [{ id: "lb-1" }],
        tags: ["kube_service_dev_shop_web"],
      },
    ],
  },
  "/lb/v2/lbaas/pools": {
    pools: [
      {
        id: "pool-1",
        admin_state_up: true,
        name: "pool_0_kube_service_dev_shop_web",
        protocol: "TCP",
        lb_algorithm: "ROUND_ROBIN",
        session_persistence: null,
        healthmonitor_id: "monitor-1",
        loadbalancers: [{ id: "lb-1" }],
      },
    ],
  },
  "/lb/v2/lbaas/pools/pool-1/members": {
    members: nodes.map(({ name, address }, index) => ({
      id: `member-${index}`,
      admin_state_up: true,
      name,
      address,
      protocol_port: 30080,
      monitor_port: null,
      subnet_id: "subnet-1",
      weight: 1,
      operating_status: index === 0 ? "ONLINE" : "ERROR",
    })),
  },
  "/lb/v2/lbaas/healthmonitors": {
    healthmonitors: [
      {
        id: "monitor-1",
        admin_state_up: true,
        type: "TCP",
        delay: 5,
        timeout: 3,
        max_retries: 1,
        max_retries_down: 3,
        url_path: null,
        expected_codes: null,
        pools: [{ id: "pool-1" }],
      },
    ],
  },
  "/net/v2.0/floatingips": {
    floatingips: [
      {
        id: "fip-1",
        floating_ip_address: "203.0.113.9",
        floating_network_id: "net-ext",
        port_id: "port-vip",
      },
    ],
  },
  [nodePorts]: {
    ports: nodes.map(({ name, address }) => ({
      id: name,
      name,
      security_groups: ["sg-nodes", "sg-web"],
      fixed_ips: [{ subnet_id: "subnet-1", ip_address: address }],
    })),
  },
  [securityGroups]: {
    security_groups: [
      { id: "sg-nodes", name: "nodes", security_group_rules: [] },
      {
        id: "sg-web",
        name: "lb-sg-uid-1-shop-web",
        security_group_rules: [
          {
            id: "rule-1",
            direction: "ingress",
            ethertype: "IPv4",
            protocol: "tcp",
            port_range_min: 30080,
            port_range_max: 30080,
            remote_ip_prefix: "10.0.0.0/24",
            remote_group_id: null,
          },
          {
            id: "rule-2",
            direction: "egress",
            ethertype: "IPv4",
            protocol: null,
            port_range_min: null,
            port_range_max: null,
            remote_ip_prefix: null,
            remote_group_id: null,
          },
        ],
      },
    ],
  },
  "/net/v2.0/subnets/subnet-1": { subnet: { id: "subnet-1", cidr: "10.0.0.0/24" } },
};

describe("the APIs of Octavia and Neutron as a source", () => {
  let server: Server;
  let here: string;
  before(async () => {
    server = createServer((request, response) => {
      const { url = "", method } = request;
      const send = (status: number, body: unknown, headers = {}): void => {
        response.writeHead(status, { "Content-Type": "application/json", ...headers });
        response.end(JSON.stringify(body).replaceAll("HERE", here));
      };
      if (url === "/v3/auth/tokens" && method === "POST") {
        let text = "";
        request.on("data", (part: Buffer) => (text += part.toString()));
        request.on("end", () => {
          if (!text.includes('"password":"right"')) {
            send(401, { error: { message: "The request you have made requires authentication." } });
            return;
          }
          const endpoints = (path: string) => [{ interface: "public", url: `HERE/${path}`, region: "one" }];
          send(
            201,
            {
              token: {
                catalog: [
                  { type: "load-balancer", endpoints: endpoints("lb") },
                  { type: "network", endpoints: endpoints("net") },
                ],
              },
            },
            { "X-Subject-Token": "token-1" },
          );
        });
        return;
      }
      const answer = request.headers["x-auth-token"] === "token-1" ? answers[url] : undefined;
      send(answer === undefined ? 404 : 200, answer ?? { faultstring: `nothing at ${url}` });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const readingWith = (password: string, of: readonly NodeFacts[] = nodes) => {
    const credentials = findCredentials({
      OS_AUTH_URL: `${here}/v3`,
      OS_USERNAME: "k8s",
      OS_PASSWORD: password,
      OS_PROJECT_NAME: "dev",
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_DOMAIN_NAME: "Default",
    });
    const reader = readerOf(openstack, () => new OpenStackApi(credentials));
    const ask = asking(reader.sources, { timeoutSeconds: {}, ended: new AbortController().signal });
    return reader.read(Promise.resolve(known(of)), ask);
  };

  it("gives the load balancer that the Service's status names, with the state of its members", async () => {
    const result = await readingWith("right").loadBalancer(Promise.resolve(known(service)));
    assert.ok(result.kind === "known", JSON.stringify(result));
    const facts = result.facts as OctaviaFacts;
    assert.deepEqual(
      [facts.address, facts.scheme, facts.owner, facts.floatingNetwork, facts.state, facts.flavor],
      ["203.0.113.9", "internet-facing", "cloud controller", "net-ext", "ACTIVE", "default"],
    );
    assert.deepEqual(
      facts.listeners.map(({ port, forwardsTo }) => [port, forwardsTo]),
      [[80, ["pool-1"]]],
    );
    assert.deepEqual(
      facts.pools[0]?.members.map(({ id, port, state }) => [id, port, state]),
      [
        ["10.0.0.11", 30080, "ONLINE"],
        ["10.0.0.12", 30080, "ERROR"],
      ],
    );
    assert.equal(facts.pools[0].healthCheck.port, "traffic-port");
  });

  for (const [path, key] of [
    ["/lb/v2/lbaas/listeners?marker=1", "listeners"],
    ["/lb/v2/lbaas/pools", "pools"],
  ] as const)
    it(`leads nowhere where one of its ${key} is switched off`, async () => {
      const before = answers[path] as Record<string, readonly object[]>;
      answers[path] = { ...before, [key]: before[key]?.map((each) => ({ ...each, admin_state_up: false })) };
      try {
        const result = await readingWith("right").loadBalancer(Promise.resolve(known(service)));
        assert.ok(result.kind === "known");
        const { listeners } = result.facts as OctaviaFacts;
        assert.deepEqual(
          listeners.map(({ forwardsTo }) => forwardsTo),
          [[]],
        );
      } finally {
        answers[path] = before;
      }
    });

  it("finds it by its members, too, and says which there are if another is wanted", async () => {
    const own = { ...service, type: "NodePort", ingress: [] };
    const reading = readingWith("right");
    const found = await reading.loadBalancer(Promise.resolve(known(own)));
    assert.equal(found.kind, "known");
    const none = await reading.loadBalancer(Promise.resolve(known(own)), "other");
    assert.ok(none.kind === "unreachable");
    assert.match(
      none.reason,
      /no load balancer other leads to shop\/web; allowed are kube_service_dev_shop_web/,
    );
  });

  it("finds it by the controller's annotation where the status has a name", async () => {
    const annotations = { "loadbalancer.openstack.org/load-balancer-id": "lb-1" };
    const named = { ...service, annotations, ingress: ["web.example.com"], ports: [] };
    const reading = readingWith("right");
    const found = await reading.loadBalancer(Promise.resolve(known(named)));
    assert.equal(found.kind === "known" ? found.facts.address : undefined, "203.0.113.9");
    const other = await reading.loadBalancer(Promise.resolve(known({ ...named, type: "NodePort" })));
    assert.equal(other.kind, "unreachable");
  });

  it("gives the cluster's network, and the rules for the Service's node ports", async () => {
    const reading = readingWith("right");
    const cluster = await reading.cluster();
    assert.ok(cluster.kind === "known", JSON.stringify(cluster));
    const { name, subnet, subnetCidr, nodeSecurityGroups } = cluster.facts as OpenStackClusterFacts;
    assert.deepEqual(
      [name, subnet, subnetCidr, nodeSecurityGroups],
      ["dev", "subnet-1", "10.0.0.0/24", ["sg-nodes"]],
    );
    const asked = Promise.resolve(known(service));
    const firewall = await reading.firewall(asked, reading.loadBalancer(asked));
    assert.ok(firewall.kind === "known", JSON.stringify(firewall));
    assert.deepEqual(
      (firewall.facts.nodes as readonly RuleFacts[]).map(({ identity, owner, securityGroup }) => [
        identity.id,
        owner,
        securityGroup,
      ]),
      [["rule-1", "cloud controller", ownGroup]],
    );
  });

  it("keeps the id of the controller's group that is missing from a node's port, and all groups that every node has", async () => {
    const ports = answers[nodePorts] as { readonly ports: readonly object[] };
    answers[nodePorts] = {
      ports: ports.ports.map((each, index) => ({
        ...each,
        security_groups: index === 0 ? ["sg-nodes", "sg-more", "sg-web"] : ["sg-more", "sg-nodes"],
      })),
    };
    const groups = answers[securityGroups] as { readonly security_groups: readonly object[] };
    answers[securityGroups] = {
      security_groups: [...groups.security_groups, { id: "sg-more", name: "more", security_group_rules: [] }],
    };
    try {
      const reading = readingWith("right");
      const cluster = await reading.cluster();
      assert.ok(cluster.kind === "known", JSON.stringify(cluster));
      const { nodeSecurityGroups } = cluster.facts as OpenStackClusterFacts;
      assert.deepEqual(nodeSecurityGroups, ["sg-more", "sg-nodes"]);
      const asked = Promise.resolve(known(service));
      const firewall = await reading.firewall(asked, reading.loadBalancer(asked));
      assert.ok(firewall.kind === "known", JSON.stringify(firewall));
      assert.deepEqual(
        (firewall.facts.nodes as readonly RuleFacts[]).map(({ owner, securityGroup }) => [
          owner,
          securityGroup,
        ]),
        [["cloud controller", "sg-web"]],
      );
    } finally {
      answers[nodePorts] = ports;
      answers[securityGroups] = groups;
    }
  });

  it("counts a group that all members have, and needs none at a node that is kept from load balancers", async () => {
    const [ports, members] = [answers[nodePorts], answers["/lb/v2/lbaas/pools/pool-1/members"]] as [
      { readonly ports: readonly object[] },
      { readonly members: readonly object[] },
    ];
    const kept = nodes.map((node, index) => ({
      ...node,
      labels: index === 0 ? {} : { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
    }));
    const found = async () => {
      const reading = readingWith("right", kept);
      const asked = Promise.resolve(known(service));
      const [cluster, firewall] = await Promise.all([
        reading.cluster(),
        reading.firewall(asked, reading.loadBalancer(asked)),
      ]);
      assert.ok(cluster.kind === "known" && firewall.kind === "known", JSON.stringify([cluster, firewall]));
      const rules = firewall.facts.nodes as readonly RuleFacts[];
      const { nodeSecurityGroups } = cluster.facts as OpenStackClusterFacts;
      return [nodeSecurityGroups, rules.map(({ securityGroup }) => securityGroup)];
    };
    const at = (second: readonly string[]) => ({
      ports: ports.ports.map((each, index) => (index === 0 ? each : { ...each, security_groups: second })),
    });
    try {
      answers[nodePorts] = at([]);
      assert.deepEqual(await found(), [["sg-nodes"], ["sg-web"]]);
      answers["/lb/v2/lbaas/pools/pool-1/members"] = { members: members.members.slice(0, 1) };
      assert.deepEqual(await found(), [["sg-nodes"], [ownGroup]]);
    } finally {
      answers[nodePorts] = ports;
      answers["/lb/v2/lbaas/pools/pool-1/members"] = members;
    }
  });

  it("counts no group of the program that a member lacks, though all nodes that are not kept from load balancers have it", async () => {
    const [ports, groups] = [answers[nodePorts], answers[securityGroups]] as [
      { readonly ports: readonly object[] },
      { readonly security_groups: readonly { readonly security_group_rules: readonly object[] }[] },
    ];
    const [nodesGroup, web] = groups.security_groups;
    answers[nodePorts] = {
      ports: ports.ports.map((each, index) => (index === 0 ? each : { ...each, security_groups: [] })),
    };
    answers[securityGroups] = {
      security_groups: [{ ...nodesGroup, security_group_rules: web?.security_group_rules ?? [] }],
    };
    try {
      const reading = readingWith("right");
      const asked = Promise.resolve(known(service));
      const firewall = await reading.firewall(asked, reading.loadBalancer(asked));
      assert.ok(firewall.kind === "known");
      const [rule] = firewall.facts.nodes as readonly RuleFacts[];
      assert.equal(rule?.securityGroup, "sg-nodes, which not every member has");
    } finally {
      answers[nodePorts] = ports;
      answers[securityGroups] = groups;
    }
  });

  it("leaves out a load balancer that leads to another cluster's servers with the same addresses, and no other", async () => {
    const path = "/lb/v2/lbaas/pools/pool-1/members";
    const before = answers[path] as { readonly members: readonly object[] };
    const ports = answers[nodePorts] as { readonly ports: readonly object[] };
    const own = { ...service, type: "NodePort", ingress: [] };
    const chosen = () => readingWith("right").loadBalancer(Promise.resolve(known(own)));
    const servers = ports.ports.map((each, index) => ({ ...each, device_id: `node-${index + 1}` }));
    const others = ["10.0.0.11", "10.0.0.12"].map((ip_address) => ({
      id: `other-${ip_address}`,
      name: "",
      device_id: "other",
      security_groups: [],
      fixed_ips: [{ subnet_id: "subnet-z", ip_address }],
    }));
    answers[path] = { members: before.members.map((each) => ({ ...each, subnet_id: "subnet-z" })) };
    try {
      // A router may lead from that subnet to the nodes'.
      assert.equal((await chosen()).kind, "known");
      answers[nodePorts] = { ports: [...servers, ...others] };
      const none = await chosen();
      assert.ok(none.kind === "unreachable", JSON.stringify(none));
      assert.match(none.reason, /^no load balancer of Octavia in this project leads to shop\/web/);
    } finally {
      answers[path] = before;
      answers[nodePorts] = ports;
    }
  });

  it("leaves out a reference to what is deleted meanwhile", async () => {
    const path = "/lb/v2/lbaas/healthmonitors";
    const before = answers[path] as { readonly healthmonitors: readonly object[] };
    const orphaned = before.healthmonitors.map((each) => ({ ...each, id: "gone", pools: [{}] }));
    answers[path] = { healthmonitors: [...orphaned, ...before.healthmonitors] };
    try {
      const found = await readingWith("right").loadBalancer(Promise.resolve(known(service)));
      assert.equal(found.kind, "known", JSON.stringify(found));
    } finally {
      answers[path] = before;
    }
  });

  it("names the call and the value if an answer is not as documented", async () => {
    const groups = answers[securityGroups];
    answers[securityGroups] = { security_groups: [{ id: "sg-1", name: "a", security_group_rules: [{}] }] };
    try {
      const cluster = await readingWith("right").cluster();
      assert.ok(cluster.kind === "unreachable", JSON.stringify(cluster));
      assert.match(
        cluster.reason,
        /the answer to GET v2\.0\/security-groups is not as documented, at security_groups\.0\.security_group_rules\.0\.id: /,
      );
    } finally {
      answers[securityGroups] = groups;
    }
  });

  it("does not tell who is let in if a node's port is not in the project", async () => {
    const ports = answers[nodePorts] as { readonly ports: readonly object[] };
    answers[nodePorts] = { ports: ports.ports.slice(0, 1) };
    try {
      const reading = readingWith("right");
      const asked = Promise.resolve(known(service));
      const firewall = await reading.firewall(asked, reading.loadBalancer(asked));
      assert.ok(firewall.kind === "unreachable", JSON.stringify(firewall));
      assert.match(
        firewall.reason,
        /the Neutron API has no port of node \S+, 10\.0\.0\.12, so that nothing tells its security groups/,
      );
    } finally {
      answers[nodePorts] = ports;
    }
  });

  it("takes the cluster's name from what leads to its nodes, not from another cluster's load balancer", async () => {
    const path = "/lb/v2/lbaas/loadbalancers";
    const before = answers[path] as { readonly loadbalancers: readonly object[] };
    const description = "Kubernetes external service shop/web from cluster prod";
    const theirs = before.loadbalancers.map((each) => ({ ...each, id: "lb-0", description }));
    const nameWith = async (loadbalancers: readonly object[]) => {
      answers[path] = { loadbalancers };
      const cluster = await readingWith("right").cluster();
      assert.ok(cluster.kind === "known", JSON.stringify(cluster));
      return cluster.facts.name;
    };
    try {
      assert.equal(await nameWith([...theirs, ...before.loadbalancers]), "dev");
      assert.equal(await nameWith(theirs), "kubernetes");
    } finally {
      answers[path] = before;
    }
  });

  it("says that Keystone refused the credentials, and what to check", async () => {
    const result = await readingWith("wrong").cluster();
    assert.ok(result.kind === "unreachable");
    assert.match(
      result.reason,
      /Keystone refused the credentials: .*requires authentication.*check OS_CLOUD/,
    );
  });
});

describe("the credentials for OpenStack", () => {
  it("name what is missing, and how to give it", () => {
    assert.throws(() => findCredentials({}), /auth\.auth_url is missing; set OS_CLOUD/);
    assert.throws(
      () => findCredentials({ OS_CLOUD: "mine", OS_CLIENT_CONFIG_FILE: "/nowhere/clouds.yaml" }),
      /has the cloud mine that OS_CLOUD names; looked at \/nowhere\/clouds\.yaml/,
    );
  });
});
