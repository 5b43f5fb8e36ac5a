import assert from "node:assert/strict";
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EndpointFacts, ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { known } from "../../../../../../comparison/model/sourceResult.ts";
import { chooseLoadBalancer } from "../../../../../../comparison/clouds/aws/sources/choice.ts";
import type {
  GroupWithTargets,
  Inventory,
} from "../../../../../../comparison/clouds/aws/sources/inventory.ts";
import {
  arns,
  cloud,
  loadBalancer,
  node,
  nodePorts,
  plain,
  serviceOf,
  targetGroup,
} from "../../../sources/account.ts";

const nodes = known([node]);

const balancer = (name: "own" | "theirs", changes: Partial<LoadBalancer> = {}) =>
  ({ ...loadBalancer(name), ...changes }) as LoadBalancer;

function group(
  name: "own" | "theirs",
  changes: Partial<TargetGroup> = {},
  id = "i-0a",
  port?: number,
): GroupWithTargets {
  const Target = { Id: id, ...(port === undefined ? {} : { Port: port }) };
  return { group: { ...targetGroup(name), ...changes } as TargetGroup, targets: [{ Target }] };
}

const inventory = (changes: Partial<Inventory> = {}): Inventory => ({
  region: "us-west-2",
  loadBalancers: [balancer("own"), balancer("theirs")],
  groups: [group("own"), group("theirs")],
  ...changes,
});

function chosen(service: ServiceFacts, from: Inventory): string {
  const choice = chooseLoadBalancer(service, nodes, from);
  return choice.kind === "found" ? (choice.loadBalancer.LoadBalancerName ?? "") : choice.reason;
}

describe("the load balancer of a NodePort Service", () => {
  it("is the one that forwards to its node port on the cluster's instances", () => {
    assert.equal(chosen(serviceOf(plain), inventory()), "own");
  });

  it("is found by its targets' own ports", () => {
    const groups = [group("own", { Port: 80 }, "i-0a", nodePorts.own)];
    assert.equal(chosen(serviceOf(plain), inventory({ groups })), "own");
  });

  it("is found by the nodes' addresses as targets", () => {
    const groups = [group("own", { TargetType: "ip" }, node.address)];
    assert.equal(chosen(serviceOf(plain), inventory({ groups })), "own");
  });

  it("is not one that forwards to the same port of other machines", () => {
    const groups = [group("own", {}, "i-other")];
    assert.equal(
      chosen(serviceOf(plain), inventory({ groups })),
      "no load balancer in us-west-2 forwards to Service web/plain (node port 30080): the target group own-http has this port, but none of the cluster's nodes is registered with it",
    );
  });

  it("is not one that forwards to another protocol's port of the same number", () => {
    for (const [protocol, of, found] of [
      ["UDP", "TCP", false],
      ["TCP", "UDP", false],
      ["UDP", "UDP", true],
      ["TLS", "TCP", true],
      ["TCP_UDP", "TCP", true],
      ["TCP_UDP", "UDP", true],
      ["HTTP", "TCP", true],
    ] as const) {
      const [port] = serviceOf(plain).ports;
      const service = serviceOf(plain, { ports: [{ ...port!, protocol: of }] });
      const groups = [group("own", { Protocol: protocol })];
      assert.equal(chosen(service, inventory({ groups })) === "own", found, `${protocol} for ${of}`);
    }
  });

  it("is missing in so many words if a target group has the port, and no listener", () => {
    const groups = [group("own", { LoadBalancerArns: [] })];
    assert.equal(
      chosen(serviceOf(plain), inventory({ groups })),
      "no load balancer in us-west-2 forwards to Service web/plain (node port 30080): the target group own-http has this port, but no listener forwards to it",
    );
  });

  it("is missing in so many words if there is nothing at all", () => {
    assert.equal(
      chosen(serviceOf(plain), inventory({ groups: [] })),
      "no load balancer in us-west-2 forwards to Service web/plain (node port 30080): no target group has this port with the cluster's nodes as targets; make one, or check AWS_PROFILE and AWS_REGION",
    );
  });

  it("is not chosen out of two", () => {
    const groups = [group("own"), group("theirs", { Port: nodePorts.own })];
    assert.equal(
      chosen(serviceOf(plain), inventory({ groups })),
      "2 load balancers forward to the node ports of Service web/plain: own, theirs; choose one for each side: --load-balancer NAME, or its ARN",
    );
  });

  it("is the chosen one of two, by its name or ARN", () => {
    const two = inventory({ groups: [group("own"), group("theirs", { Port: nodePorts.own })] });
    for (const wanted of ["theirs", arns("theirs").loadBalancer]) {
      const choice = chooseLoadBalancer(serviceOf(plain), known([node]), two, { wanted });
      assert.equal(choice.kind === "found" && choice.loadBalancer.LoadBalancerName, "theirs");
    }
  });

  it("is not one that does not lead to the Service, although it is named", () => {
    assert.deepEqual(chooseLoadBalancer(serviceOf(plain), known([node]), inventory(), { wanted: "theirs" }), {
      kind: "none",
      reason:
        'the load balancer "theirs" does not forward to Service web/plain in us-west-2; allowed is own, or the ARN of one',
    });
  });

  it("is one, though two of its target groups lead to the Service", () => {
    const second = group("own", { TargetGroupArn: `${arns("own").targetGroup}b` });
    assert.equal(chosen(serviceOf(plain), inventory({ groups: [group("own"), second] })), "own");
  });

  it("is not known without the nodes", () => {
    assert.deepEqual(
      chooseLoadBalancer(serviceOf(plain), { kind: "unreachable", reason: "no permission" }, inventory()),
      { kind: "none", reason: "not known without the nodes: no permission" },
    );
  });
});

describe("a load balancer that leads to the pods of a NodePort Service", () => {
  const pod = (address: string, port = "http: 8080/TCP"): EndpointFacts => ({
    pod: { name: "web-1", id: "uid-of-web-1" },
    address,
    ports: [port],
    node: "node-a",
    ready: true,
    serving: true,
    terminating: false,
  });
  const podGroup = (name: "own" | "theirs", address: string, port = 8080) =>
    group(name, { TargetType: "ip", Port: 80 }, address, port);
  const choose = (groups: readonly GroupWithTargets[], wanted?: string, pods = [pod("10.0.1.7")]) =>
    chooseLoadBalancer(serviceOf(plain), nodes, inventory({ groups }), { wanted, pods });

  const nameOf = (choice: ReturnType<typeof choose>) =>
    choice.kind === "found" ? choice.loadBalancer.LoadBalancerName : choice.reason;

  it("is taken if it is named", () => {
    assert.equal(nameOf(choose([podGroup("own", "10.0.1.7")], "own")), "own");
    const two = [podGroup("own", "10.0.1.7"), podGroup("theirs", "10.0.1.7")];
    assert.equal(nameOf(choose(two, arns("theirs").loadBalancer)), "theirs");
  });

  it("has to be named, since it may be another Service's of the same pods", () => {
    assert.equal(
      nameOf(choose([podGroup("own", "10.0.1.7")])),
      "no load balancer in us-west-2 forwards to the node ports of Service web/plain; own leads to its pods, perhaps for another Service that selects the same; " +
        "choose one for each side: --load-balancer NAME, or its ARN",
    );
    assert.match(
      nameOf(choose([podGroup("own", "10.0.1.7"), podGroup("theirs", "10.0.1.7")])) ?? "",
      /; own and theirs lead to its pods,/,
    );
  });

  it("does not come before the one in front of its node ports", () => {
    assert.equal(nameOf(choose([group("own"), podGroup("theirs", "10.0.1.7")])), "own");
    assert.equal(nameOf(choose([group("own"), podGroup("theirs", "10.0.1.7")], "theirs")), "theirs");
  });

  it("is not one with other pods, ports, protocols or kinds of targets", () => {
    const none = /^the load balancer "own" does not forward to Service web\/plain/;
    assert.match(nameOf(choose([podGroup("own", "10.0.1.8")], "own")) ?? "", none);
    assert.match(nameOf(choose([podGroup("own", "10.0.1.7", 9090)], "own")) ?? "", none);
    assert.match(
      nameOf(choose([group("own", { TargetType: "instance" }, "10.0.1.7", 8080)], "own")) ?? "",
      none,
    );
    const udp = group("own", { TargetType: "ip", Protocol: "UDP" }, "10.0.1.7", 8080);
    assert.match(nameOf(choose([udp], "own")) ?? "", none);
    assert.match(nameOf(choose([podGroup("own", "10.0.1.7")], "own", [])) ?? "", none);
  });
});

describe("the load balancer of a LoadBalancer Service", () => {
  it("is the one that its status names", () => {
    assert.equal(chosen(serviceOf(cloud), inventory()), "theirs");
    assert.equal(chosen(serviceOf(cloud), inventory({ groups: [] })), "theirs");
  });

  it("is not compared while a second one forwards to its node port", () => {
    const groups = [group("theirs"), group("own", { Port: nodePorts.theirs })];
    assert.match(
      chosen(serviceOf(cloud), inventory({ groups })),
      /^2 load balancers forward to the node ports of Service web\/cloud: own, theirs;/,
    );
  });

  it("is reported missing if it was deleted", () => {
    assert.equal(
      chosen(serviceOf(cloud), inventory({ loadBalancers: [] })),
      "the ELBv2 API in us-west-2 knows no load balancer theirs-1.elb.us-west-2.amazonaws.com, which the status of Service web/cloud names: it was deleted, " +
        "and the controller makes a new one at the Service's next change; or it is in another account or region: check AWS_PROFILE and AWS_REGION",
    );
  });

  it("is reported as a Classic Load Balancer if its name shows it", () => {
    const service = serviceOf(cloud, { ingress: ["a126f-1.us-west-2.elb.amazonaws.com"] });
    assert.match(
      chosen(service, inventory()),
      /the name is that of a Classic Load Balancer, which the controller makes if the Service lacks the annotation/,
    );
  });

  it("is reported as another provider's if it has an address instead of a name", () => {
    for (const address of ["203.0.113.9", "2001:db8::1"])
      assert.match(
        chosen(serviceOf(cloud, { ingress: [address] }), inventory()),
        /another provider made this one$/,
      );
  });
});
