/** What these tests do not prove: that the APIs answer so. The collectors are held against the lab's in the live tests. */
import assert from "node:assert/strict";
import type { Exposure, Part } from "../../../../comparison/model/exposure.ts";
import { factsIn } from "../../../../comparison/model/sourceResult.ts";
import type { SourceResult } from "../../../../comparison/model/sourceResult.ts";
import { collect } from "../../../../comparison/sources/collect.ts";
import { NotComparable } from "../../../../comparison/sources/eligibility.ts";
import type { Sources } from "../../../../comparison/sources/exposure.ts";
import {
  arns,
  cloud,
  dnsName,
  elbv2Answers,
  loadBalancer,
  node,
  nodePorts,
  plain,
  received,
  sources,
  targetGroup,
  v1Service,
} from "./account.ts";
import { never, sdkError } from "./clients.ts";
import { lettingTimePass } from "./waiting.ts";

const pair = { left: plain, right: cloud };

const kinds = (exposure: Exposure): Record<Part, string> => ({
  service: exposure.service.kind,
  endpoints: exposure.endpoints.kind,
  loadBalancer: exposure.loadBalancer.kind,
  firewall: exposure.firewall.kind,
  name: exposure.name.kind,
  dataPath: exposure.dataPath.kind,
});

const everything: Record<Part, string> = {
  service: "known",
  endpoints: "known",
  loadBalancer: "known",
  firewall: "known",
  name: "known",
  dataPath: "unavailable",
};

const reason = (said: SourceResult<unknown>): string => (said.kind === "known" ? "known" : said.reason);

describe("collecting the facts of two exposures", () => {
  it("knows everything when every source answers", async () => {
    const facts = await collect(pair, sources());
    assert.deepEqual(kinds(facts.left), everything);
    assert.deepEqual(kinds(facts.right), everything);
    assert.deepEqual(factsIn(facts.cluster), {
      name: "dev",
      kubernetesVersion: "v1.35.4",
      vpc: "vpc-1",
      nodes: [node],
      nodeSecurityGroups: ["sg-nodes"],
      securityGroupsOfNodes: [["sg-nodes"]],
      groupsByInstance: { "i-0a": ["sg-nodes"] },
      inboundRules: { "sg-nodes": { count: 2, isLeast: false } },
      controllerGroups: {},
      subnets: [
        {
          id: "subnet-a",
          zone: "us-west-2a",
          cidr: "10.0.0.0/20",
          ipv6Cidrs: [],
          public: true,
          tags: { "kubernetes.io/cluster/dev": "owned" },
        },
      ],
    });
    assert.deepEqual([facts.basis, facts.state.kind], ["measured", "unavailable"]);
  });

  it("finds each Service's own load balancer and rules", async () => {
    const { left, right } = await collect(pair, sources());
    const found = [left, right].map(({ loadBalancer: said, firewall }) => [
      factsIn(said)?.identity.name,
      factsIn(said)?.owner,
      factsIn(firewall)?.nodes.map(({ identity, owner }) => [identity.id, owner]),
    ]);
    assert.deepEqual(found, [
      ["own", "other", [["sgr-own", "other"]]],
      ["theirs", "cloud controller", [["sgr-theirs", "cloud controller"]]],
    ]);
  });

  it("asks DNS for the load balancer's name", async () => {
    const { left, right } = await collect(
      pair,
      sources({ resolve4: (name) => Promise.resolve([`b of ${name}`, `a of ${name}`]) }),
    );
    assert.deepEqual(
      [left, right].map(({ name }) => factsIn(name)?.addresses),
      [dnsName("own"), dnsName("theirs")].map((name) => [`a of ${name}`, `b of ${name}`]),
    );
  });

  it("reads both Services' rules on the nodes if it has access", async () => {
    const { left, right } = await collect(
      pair,
      sources({
        nodeRules: (service, nodes) =>
          Promise.resolve(
            nodes.map(({ name }) => ({
              node: `${name} for ${service.identity.name}`,
              mode: "nftables",
              entrances: [],
            })),
          ),
      }),
    );
    assert.deepEqual(
      [left, right].map(({ dataPath }) => factsIn(dataPath)?.map((each) => each.node)),
      [["node-a for plain"], ["node-a for cloud"]],
    );
  });

  it("says why kube-proxy's rules are missing if the nodes cannot be read", async () => {
    const { left } = await collect(pair, sources());
    assert.equal(
      reason(left.dataPath),
      "kube-proxy's rules can be read only on the nodes, and this setup has no access to them",
    );
  });

  describe("when a source fails", () => {
    it("loses the firewall and the cluster only, without permission in EC2", async () => {
      const denied = (): never => {
        throw sdkError(
          "UnauthorizedOperation",
          "You are not authorized to perform this operation. User: arn:aws:iam::1:user/jane is not authorized to perform: ec2:DescribeInstances because no policy allows it",
          403,
        );
      };
      const facts = await collect(pair, sources({ ec2: { DescribeInstances: denied } }));
      const permission =
        "no permission for ec2:DescribeInstances as arn:aws:iam::1:user/jane; a policy must allow it";
      assert.deepEqual(kinds(facts.left), { ...everything, firewall: "unreachable" });
      assert.equal(reason(facts.left.firewall), `not known without the nodes' instances: ${permission}`);
      assert.equal(reason(facts.cluster), `not known without the nodes' instances: ${permission}`);
    });

    it("keeps the firewall if only the subnets cannot be read", async () => {
      const denied = (): never => {
        throw sdkError("UnauthorizedOperation");
      };
      const facts = await collect(pair, sources({ ec2: { DescribeSubnets: denied } }));
      assert.deepEqual([facts.cluster.kind, facts.left.firewall.kind], ["unreachable", "known"]);
    });

    it("loses what depends on the load balancer, when ELBv2 is too slow", async () => {
      const facts = await lettingTimePass(() =>
        collect(pair, sources({ elbv2: { DescribeListenerAttributes: never } }), {
          timeoutSeconds: { "ELBv2 API": 7 },
        }),
      );
      assert.deepEqual(kinds(facts.right), {
        ...everything,
        loadBalancer: "unreachable",
        firewall: "unreachable",
      });
      assert.deepEqual(kinds(facts.left), {
        ...everything,
        loadBalancer: "unreachable",
        firewall: "unreachable",
        name: "unreachable",
      });
      assert.equal(
        reason(facts.right.loadBalancer),
        "the ELBv2 API did not answer completely within 7 s; try again, and check the network if it happens again",
      );
      assert.equal(reason(facts.right.firewall), "not known without the load balancer");
      assert.equal(facts.cluster.kind, "known");
    });

    it("says why there is no load balancer, when the account's load balancers cannot be listed", async () => {
      const expired = (): never => {
        throw sdkError("ExpiredToken");
      };
      const { left } = await collect(pair, sources({ elbv2: { DescribeTargetGroups: expired } }));
      assert.equal(
        reason(left.loadBalancer),
        "the AWS credentials have expired; renew them, for example with aws sso login",
      );
    });

    it("loses the endpoints only, when the slices cannot be listed", async () => {
      const { kubernetes } = sources();
      const facts = await lettingTimePass(() =>
        collect(pair, sources({ kubernetes: { ...kubernetes, endpointSlices: never } })),
      );
      assert.deepEqual(kinds(facts.left), { ...everything, endpoints: "unreachable" });
    });

    it("knows a LoadBalancer Service's load balancer without the nodes, but not the one of a NodePort Service", async () => {
      const { kubernetes } = sources();
      const nodes = (): Promise<never> => Promise.reject(new Error("no"));
      const facts = await collect(pair, sources({ kubernetes: { ...kubernetes, nodes } }));
      assert.deepEqual(
        [facts.left.loadBalancer.kind, facts.right.loadBalancer.kind],
        ["unreachable", "known"],
      );
      assert.equal(
        reason(facts.left.loadBalancer),
        "not known without the nodes: the Kubernetes API failed: no",
      );
    });

    it("loses one side only, when one Service cannot be read", async () => {
      const { kubernetes } = sources();
      const service: typeof kubernetes.service = (ref) =>
        ref.name === plain.name ? Promise.reject(new Error("no")) : Promise.resolve(v1Service(ref));
      const facts = await collect(pair, sources({ kubernetes: { ...kubernetes, service } }));
      assert.deepEqual(kinds(facts.right), everything);
      assert.equal(reason(facts.left.loadBalancer), "not known without the Service");
      assert.equal(facts.left.endpoints.kind, "known");
    });

    it("loses the name only, when DNS does not know it", async () => {
      const resolve4 = (): Promise<never> =>
        Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
      const facts = await collect(pair, sources({ resolve4 }));
      assert.deepEqual(kinds(facts.left), { ...everything, name: "unreachable" });
    });

    it("loses the nodes' rules only, when access to the nodes fails", async () => {
      const facts = await collect(
        pair,
        sources({ nodeRules: () => Promise.reject(new Error("node-a is gone\n  at somewhere")) }),
      );
      assert.deepEqual(kinds(facts.left), { ...everything, dataPath: "unreachable" });
      assert.equal(reason(facts.left.dataPath), "the reading of the nodes' rules failed: node-a is gone");
    });

    it("says that a load balancer was deleted while it was read", async () => {
      const gone = (): never => {
        throw sdkError("LoadBalancerNotFoundException", "One or more load balancers not found");
      };
      const facts = await collect(pair, sources({ elbv2: { DescribeListeners: gone } }));
      assert.equal(
        reason(facts.left.loadBalancer),
        "the load balancer, or a part of it, was deleted during the reading; try again",
      );
    });
  });

  it("does not choose between two load balancers for one Service", async () => {
    const both = [arns("own").loadBalancer, arns("theirs").loadBalancer];
    const TargetGroups = [{ ...targetGroup("own"), LoadBalancerArns: both }, targetGroup("theirs")];
    const { left, right } = await collect(
      pair,
      sources({ elbv2: { DescribeTargetGroups: { TargetGroups } } }),
    );
    assert.match(
      reason(left.loadBalancer),
      /^2 load balancers forward to the node ports of Service web\/plain: own, theirs;/,
    );
    assert.equal(right.loadBalancer.kind, "known");
  });

  it("reports a deleted load balancer in a Service's status", async () => {
    const { left, right } = await collect(
      pair,
      sources({ elbv2: { DescribeLoadBalancers: { LoadBalancers: [loadBalancer("own")] } } }),
    );
    assert.equal(left.loadBalancer.kind, "known");
    assert.match(
      reason(right.loadBalancer),
      /knows no load balancer theirs-1\.elb\.us-west-2\.amazonaws\.com, which the status of Service web\/cloud names: it was deleted/,
    );
  });

  it("compares a Service with itself", async () => {
    const { left, right } = await collect({ left: plain, right: plain }, sources());
    assert.deepEqual(left, right);
  });

  it("refuses Services that cannot be compared, with a sentence for each, whatever AWS says", async () => {
    const { kubernetes } = sources();
    const service: typeof kubernetes.service = (ref) =>
      Promise.resolve(ref.name === plain.name ? undefined : v1Service(ref, { loadBalancer: {} }));
    await assert.rejects(
      collect(
        pair,
        sources({
          kubernetes: { ...kubernetes, service },
          elbv2: { ...elbv2Answers, DescribeLoadBalancers: never },
        }),
      ),
      (error) => {
        assert.ok(error instanceof NotComparable);
        assert.deepEqual(error.reasons, [
          "there is no Service web/plain; kubectl get services --all-namespaces lists all Services",
          'Service web/cloud has no load balancer yet: service.beta.kubernetes.io/aws-load-balancer-type is missing; the cloud controller manager then makes a Classic Load Balancer; it makes a Network Load Balancer only for "nlb"',
        ]);
        return true;
      },
    );
  });

  const pending = (spec: object, more: Readonly<Record<string, string>> = {}): Partial<Sources> => {
    const { kubernetes } = sources();
    const waiting = {
      metadata: {
        ...cloud,
        uid: "uid-of-cloud",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb", ...more },
      },
      spec: {
        type: "LoadBalancer",
        sessionAffinity: "None",
        ports: [{ name: "http", port: 80, nodePort: nodePorts.theirs }],
        ...spec,
      },
    };
    const service: typeof kubernetes.service = (ref) =>
      Promise.resolve(ref.name === cloud.name ? received(waiting) : v1Service(ref));
    return { kubernetes: { ...kubernetes, service } };
  };
  const tlsAnnotations = {
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
      "arn:aws:acm:us-west-2:123456789012:certificate/1",
  };
  const reasonsOf = async (changed: Parameters<typeof sources>[0]): Promise<readonly string[]> => {
    const refused = await collect(pair, sources(changed)).catch((error: unknown) => error);
    assert.ok(refused instanceof NotComparable, String(refused));
    return refused.reasons;
  };

  it("says at once why a Service is pending, if the Service alone tells, and the last warning", async () => {
    const { kubernetes } = pending({ sessionAffinity: "ClientIP" });
    assert.ok(kubernetes !== undefined);
    const warnings = () =>
      Promise.resolve([
        received({
          involvedObject: { uid: "uid-of-cloud" },
          reason: "SyncLoadBalancerFailed",
          message: "unsupported load balancer affinity: ClientIP",
        }),
      ]);
    assert.deepEqual(
      await reasonsOf({
        kubernetes: { ...kubernetes, warnings },
        // AWS does not answer.
        ec2: { DescribeInstances: never, DescribeSubnets: never },
        elbv2: { DescribeLoadBalancers: never },
      }),
      [
        "Service web/cloud has no load balancer yet: refused: sessionAffinity is ClientIP; allowed is None; its last warning is SyncLoadBalancerFailed: unsupported load balancer affinity: ClientIP",
      ],
    );
  });

  it("says why a Service is pending if it takes the cluster's subnets to know", async () => {
    const [reason = ""] = await reasonsOf({
      ...pending({}),
      ec2: { DescribeRouteTables: { RouteTables: [] } },
    });
    assert.match(reason, /^Service web\/cloud has no load balancer yet: refused: none of the cluster's/);
  });

  it("says of a pending Service what the controller would refuse with another configuration, which is not known", async () => {
    const { kubernetes } = pending({}, tlsAnnotations);
    assert.ok(kubernetes !== undefined);
    const services = () => Promise.resolve([]);
    const [reason = ""] = await reasonsOf({ kubernetes: { ...kubernetes, services } });
    assert.match(
      reason,
      /^Service web\/cloud has no load balancer yet: refused: port 80 terminates TLS.*; so if the controller is configured with NLBSecurityGroupMode=Managed, which is not known/,
    );
  });

  /** A living Service of the cluster, whose load balancer the controller made, with rules from there for each health check. */
  const living = (securityGroups: readonly string[] = []) => {
    const { kubernetes } = pending({}, tlsAnnotations);
    assert.ok(kubernetes !== undefined);
    const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
    const other = v1Service(cloud);
    assert.ok(other.metadata !== undefined);
    other.metadata.annotations = annotations;
    const theirs = { ...loadBalancer("theirs"), SecurityGroups: [...securityGroups] };
    return {
      kubernetes: { ...kubernetes, services: () => Promise.resolve([other]) },
      elbv2: { DescribeLoadBalancers: { LoadBalancers: [loadBalancer("own"), theirs] } },
      ec2: {
        DescribeSecurityGroupRules: {
          SecurityGroupRules: securityGroups.flatMap((GroupId) =>
            [["tcp", 80, 80] as const, ["icmp", 3, 4] as const].map(([IpProtocol, FromPort, ToPort]) => ({
              SecurityGroupRuleId: `sgr-${IpProtocol}`,
              ...{ GroupId, IpProtocol, FromPort, ToPort, IsEgress: false, CidrIpv4: "0.0.0.0/0" },
            })),
          ),
        },
      },
    };
  };

  it("follows the configuration that is recognised from what the controller made for others, and names it", async () => {
    const [reason = ""] = await reasonsOf(living(["sg-lb"]));
    assert.match(
      reason,
      /^Service web\/cloud has no load balancer yet: refused: port 80 terminates TLS.*; the controller has NLBSecurityGroupMode=Managed.*, as what it made for web\/cloud shows best, though not in every value$/,
    );
    assert.doesNotMatch(reason, /not known/);
  });

  it("rules nothing out if what the controller made for others fits no configuration wholly", async () => {
    const [reason = ""] = await reasonsOf(living());
    assert.match(
      reason,
      /so if the controller is configured with NLBSecurityGroupMode=Managed, which is not known/,
    );
  });

  it("does not ask for what the controller made for others if the reason depends on no configuration", async () => {
    const { kubernetes } = pending({ sessionAffinity: "ClientIP" });
    assert.ok(kubernetes !== undefined);
    let asked = false;
    const services = () => {
      asked = true;
      return Promise.resolve([]);
    };
    await reasonsOf({ kubernetes: { ...kubernetes, services } });
    assert.equal(asked, false);
  });

  it("says that a pending Service is another controller's, by its class", async () => {
    const [reason = ""] = await reasonsOf(pending({ loadBalancerClass: "example.com/nobody" }));
    assert.match(reason, /has no load balancer yet: the Service's loadBalancerClass is example\.com\/nobody/);
  });

  it("says that no node is an instance, without asking the cloud", async () => {
    const { kubernetes } = sources();
    const kind = received({ metadata: {}, spec: { providerID: "kind://docker/kind/kind-worker" } });
    assert.deepEqual(
      await reasonsOf({
        kubernetes: { ...kubernetes, nodes: () => Promise.resolve([kind]) },
        elbv2: { DescribeLoadBalancers: never },
      }),
      [
        "the cluster's node is no instance on AWS (providerID kind://docker/kind/kind-worker), so no load balancer of AWS leads to the Services; if a Service has an address, another provider gave it, such as MetalLB, k3s's ServiceLB or cloud-provider-kind",
      ],
    );
  });

  it("has the last warnings about each Service, and loses nothing else without them", async () => {
    const { kubernetes } = sources();
    const warnings = () => Promise.reject(new Error("no"));
    const facts = await collect(pair, sources({ kubernetes: { ...kubernetes, warnings } }));
    assert.deepEqual([facts.warnings?.left.kind, facts.warnings?.right.kind], ["unreachable", "unreachable"]);
    assert.deepEqual(kinds(facts.left), everything);
  });

  it("refuses a Service that is being deleted, which the API still knows", async () => {
    const { kubernetes } = sources();
    const service: typeof kubernetes.service = (ref) => {
      const found = v1Service(ref);
      assert.ok(found.metadata !== undefined);
      if (ref.name === cloud.name) found.metadata.deletionTimestamp = new Date();
      return Promise.resolve(found);
    };
    await assert.rejects(
      collect(pair, sources({ kubernetes: { ...kubernetes, service } })),
      (error) =>
        error instanceof NotComparable &&
        error.reasons.join() ===
          "Service web/cloud is being deleted, and waits for nothing; compare another Service",
    );
  });

  it("matches a target's own port if it overrides the port of the group", async () => {
    const TargetGroups = [{ ...targetGroup("own"), Port: 80 }, targetGroup("theirs")];
    const { left } = await collect(pair, sources({ elbv2: { DescribeTargetGroups: { TargetGroups } } }));
    assert.deepEqual(
      factsIn(left.loadBalancer)?.pools.map(({ port, members }) => [
        port,
        members.map((target) => target.port),
      ]),
      [[80, [nodePorts.own]]],
    );
  });
});
