import assert from "node:assert/strict";
import { annotationNames } from "../../../../comparison/clouds/aws/cloudControllerManager/annotations.ts";
import { cloudControllerManager } from "../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type {
  AwsExposure,
  NlbFacts,
  RuleFacts,
  TargetGroupFacts,
} from "../../../../comparison/clouds/aws/model.ts";
import { cloudsConfiguredBy } from "../../../../comparison/clouds/configured.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { checkPrediction } from "../../../../comparison/difference/prediction.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { health, managed, otherwise, sharedProbe, withRules } from "./configurations.ts";
import { cluster, facts } from "./facts.ts";
import { mutated, mutationsOf } from "./mutations.ts";
import type { Mutation } from "./mutations.ts";

function checked(side: Exposure, basis: Facts["basis"] = "measured"): ReturnType<typeof checkPrediction> {
  const service = factsIn(side.service);
  assert.ok(service !== undefined);
  const compared = comparedOf({ ...facts, basis, right: side }, aws);
  const controller = cloudControllerManager;
  return checkPrediction(compared, "right", {
    controller,
    ...controller.predict(service, cluster, factsIn(side.loadBalancer)),
  });
}

/** What only the cloud can know: ids, addresses, health; and how others call a rule that the controller found. */
const unpredictable = [
  /^loadBalancer facts (.* )?identity id$/,
  /^loadBalancer facts listeners 0 identity/,
  /^loadBalancer facts identity one more|^loadBalancer facts (.* )?identity$/,
  /^loadBalancer facts address$/,
  // Set once: below.
  /^loadBalancer facts (zones|scheme)/,
  /^loadBalancer facts pools 0 members \d (state|reason)$/,
  /^firewall facts nodes \d identity( id)?$/,
  /^firewall facts nodes 1 identity name$/,
  // A rule of others serves as well; that it is another's is a difference between the sides.
  /^firewall facts nodes \d owner$/,
  // A rule that is there twice lets in what it lets in once.
  /^firewall facts nodes \d$/,
  // Kept by the controller, whatever the Service asks for later: below.
  /^loadBalancer facts attributes access_logs\.s3\.(bucket|prefix)$/,
  /^loadBalancer facts pools 0 healthCheck unhealthyThresholdCount$/,
  /^loadBalancer facts pools 0 attributes (preserve_client_ip|proxy_protocol_v2)\.enabled$/,
  // With another protocol at its port, the controller refuses the Service.
  /^loadBalancer facts listeners 0 protocol$/,
  // An empty list of rules takes only a rule: below.
  /^firewall facts loadBalancer$/,
];

/** Tags that others add, and attributes that AWS has since the model was written: of more of them it says nothing. */
function isOthers(mutation: Mutation): boolean {
  return mutation.change === "one more" && /(tags|attributes)$/.test(placeOf(mutation));
}

function rulesOnNodes(): readonly RuleFacts[] {
  const firewall = factsIn(facts.right.firewall);
  assert.ok(firewall !== undefined);
  return firewall.nodes;
}

function placeOf({ path }: Mutation): string {
  return path.join(" ");
}

function withAnnotation(name: keyof typeof annotationNames, value: string): Exposure {
  const service = factsIn(facts.right.service);
  assert.ok(service !== undefined);
  const annotations = { ...service.annotations, [annotationNames[name]]: value };
  return { ...facts.right, service: known({ ...service, annotations }) };
}

function withBalancer(change: (balancer: NlbFacts) => Partial<NlbFacts>): AwsExposure {
  const balancer = factsIn(facts.right.loadBalancer) ?? assert.fail();
  return { ...facts.right, loadBalancer: known({ ...balancer, ...change(balancer) }) };
}

describe("the check of a prediction", function () {
  this.timeout(60_000);

  it("is right of what the cloud controller manager makes on the stack dev", () => {
    assert.deepEqual(checked(facts.right).wrong, []);
    assert.equal(checked(facts.right).outcome, "right");
  });

  const { loadBalancer, firewall } = facts.right;
  const mutations = mutationsOf({ loadBalancer, firewall }).filter(
    (mutation) =>
      mutation.path.length > 2 &&
      mutation.path[1] === "facts" &&
      !isOthers(mutation) &&
      !unpredictable.some((place) => place.test(placeOf(mutation))),
  );
  it(`is wrong after any single change of what it predicts: each of ${mutations.length} places`, () => {
    const survivors = mutations.filter((mutation) => {
      const another = (leaf: unknown): unknown =>
        typeof leaf === "number" ? leaf + 1 : typeof leaf === "boolean" ? !leaf : `another ${String(leaf)}`;
      return checked(mutated(facts.right, mutation, another)).outcome !== "wrong";
    });
    assert.deepEqual(
      survivors.map((mutation) => [placeOf(mutation), mutation.change]),
      [],
    );
  });

  const additions = mutationsOf({ loadBalancer, firewall }).filter(isOthers);
  it(`says nothing of what others add: each of ${additions.length} places`, () => {
    const outcomes = additions.map((mutation) => checked(mutated(facts.right, mutation, String)).outcome);
    assert.ok(additions.length > 0);
    assert.deepEqual(new Set(outcomes), new Set(["right"]));
  });

  const told: readonly [keyof typeof annotationNames, string][] = [
    ["crossZone", "true"],
    ["targetGroupAttributes", "preserve_client_ip.enabled=false"],
    ["healthCheckProtocol", "HTTP"],
    ["healthCheckPort", "10256"],
    ["healthCheckInterval", "10"],
    ["healthyThreshold", "5"],
    ["targetNodeLabels", "team=web"],
  ];
  for (const [name, value] of told) {
    it(`is wrong if the Service asks for ${name} and the controller does not do it`, () => {
      assert.equal(checked(withAnnotation(name, value)).outcome, "wrong");
    });
  }

  const setOnce: readonly [keyof typeof annotationNames, string, readonly string[]][] = [
    ["internal", "true", ["loadBalancer / scheme"]],
    [
      "additionalTags",
      "team=web",
      ["loadBalancer / tags / team", "loadBalancer / targetGroups / <target group of TCP 80> / tags / team"],
    ],
    [
      "subnets",
      "subnet-a,subnet-b",
      ["subnet", "zone", "addresses"].map((field) => `loadBalancer / zones / us-west-2c / ${field}`),
    ],
  ];
  for (const [name, value, paths] of setOnce) {
    it(`is right if the controller read ${name} only when it made the load balancer, and says so`, () => {
      const { outcome, wrong, changedLater = [] } = checked(withAnnotation(name, value));
      assert.equal(outcome, "right", JSON.stringify(wrong));
      assert.deepEqual(changedLater.map(({ path }) => path).sort(), [...paths].sort());
    });
  }

  const pool = (change: (group: TargetGroupFacts) => Partial<TargetGroupFacts>): AwsExposure =>
    withBalancer((balancer) => ({ pools: balancer.pools.map((each) => ({ ...each, ...change(each) })) }));
  const kept: readonly [what: string, found: AwsExposure, value: string][] = [
    [
      "an unhealthy threshold that changed alone",
      pool(({ healthCheck }) => ({ healthCheck: { ...healthCheck, unhealthyThresholdCount: 5 } })),
      "healthCheck / unhealthyThresholdCount",
    ],
    [
      "a target group attribute that its annotation does not name any more",
      pool(({ attributes }) => ({ attributes: { ...attributes, "preserve_client_ip.enabled": "false" } })),
      "attributes / preserve_client_ip.enabled",
    ],
    [
      "the bucket, after access logs were switched off",
      withBalancer(({ attributes }) => ({ attributes: { ...attributes, "access_logs.s3.bucket": "logs" } })),
      "attributes / access_logs.s3.bucket",
    ],
  ];
  for (const [what, found, value] of kept) {
    it(`is right of ${what}, and says so`, () => {
      const { outcome, wrong, changedLater = [] } = checked(found);
      assert.equal(outcome, "right", JSON.stringify(wrong));
      assert.deepEqual(
        changedLater.map(({ path }) => path.endsWith(value)),
        [true],
      );
    });
  }

  it("is right of a TLS policy that has lost its annotation, and wrong of one that has another", () => {
    const arn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
    const tls = withBalancer(({ listeners, pools }) => ({
      listeners: listeners.map((each) => ({
        ...each,
        protocol: "TLS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificates: [arn],
        attributes: {},
      })),
      pools,
    }));
    const found = (annotations: Readonly<Record<string, string>>): Exposure => {
      const service = factsIn(tls.service) ?? assert.fail();
      const all = { ...service.annotations, [annotationNames.certificate]: arn, ...annotations };
      return { ...tls, service: known({ ...service, annotations: all }) };
    };
    const { outcome, wrong, changedLater } = checked(found({}));
    assert.equal(outcome, "right", JSON.stringify(wrong));
    assert.equal(changedLater?.length, 1);
    const another = { [annotationNames.sslPolicy]: "ELBSecurityPolicy-TLS-1-2-2017-01" };
    assert.equal(checked(found(another)).outcome, "wrong");
  });

  it("is wrong of both thresholds together, which the controller sends together", () => {
    const both = pool(({ healthCheck }) => ({
      healthCheck: { ...healthCheck, healthyThresholdCount: 5, unhealthyThresholdCount: 5 },
    }));
    assert.equal(checked(both).outcome, "wrong");
  });

  it("is wrong of an attribute that the annotation names and the target group does not have", () => {
    assert.equal(
      checked(withAnnotation("targetGroupAttributes", "proxy_protocol_v2.enabled=true")).outcome,
      "wrong",
    );
  });

  it("has nothing that was changed later on the stack dev", () => {
    assert.ok(!("changedLater" in checked(facts.right)));
  });

  for (const [settings, change] of otherwise) {
    it(`is right with ${settings} in the controller's configuration, by what it made`, () => {
      const compared = comparedOf({ ...facts, right: change(facts.right) }, aws);
      const { predictions, verdict } = judge(compared, { traffic: [], statements: [] });
      const [prediction] = predictions;
      assert.deepEqual(
        [prediction?.outcome, prediction?.configuration],
        ["right", settings],
        JSON.stringify(prediction?.wrong),
      );
      assert.ok(verdict.reasons.every((reason) => !reason.includes("was predicted as")));
    });
  }

  for (const [settings, change] of otherwise) {
    it(`recognises ${settings} by what fits best, and is wrong of the one rule that does not fit`, () => {
      const right = change(facts.right);
      const firewall = factsIn(right.firewall) ?? assert.fail();
      const where = firewall.loadBalancer.length > 0 ? "loadBalancer" : "nodes";
      const [like] = [...firewall.loadBalancer, ...(factsIn(facts.right.firewall)?.nodes ?? [])];
      const more = { ...(like ?? assert.fail()), fromPort: 22, toPort: 22 };
      const found = { ...right, firewall: known({ ...firewall, [where]: [...firewall[where], more] }) };
      const { predictions, verdict } = judge(comparedOf({ ...facts, right: found }, aws), {
        traffic: [],
        statements: [],
      });
      assert.equal(verdict.kind, "different");
      assert.deepEqual(
        predictions.map(({ outcome, configuration, wrong }) => [outcome, configuration, wrong.length]),
        [["wrong", settings, 1]],
      );
    });
  }

  it("is right with rules for a shared check that are there for another load balancer already", () => {
    const others = (own: readonly RuleFacts[]): RuleFacts[] =>
      health(own).map((rule) => {
        const { name } = rule.identity;
        const another = name.replace(/(\/health=).*$/, "$1a1111111111111111111111111111111");
        return { ...rule, identity: { ...rule.identity, name: another } };
      });
    const right = withRules(sharedProbe(facts.right), others);
    const { predictions } = judge(comparedOf({ ...facts, right }, aws), { traffic: [], statements: [] });
    assert.deepEqual(
      predictions.map(({ outcome, configuration }) => [outcome, configuration]),
      [["right", "ClusterServiceLoadBalancerHealthProbeMode=Shared"]],
    );
  });

  it("is right beside another Service with other source ranges, whose rules are its own", () => {
    const [mtu] = rulesOnNodes().filter(({ ipProtocol }) => ipProtocol === "icmp");
    const another = "a1111111111111111111111111111111";
    const rule = (changes: Partial<RuleFacts>, name: string, id: string): RuleFacts => ({
      ...(mtu ?? assert.fail()),
      owner: "cloud controller",
      source: "198.51.100.0/24",
      ...changes,
      identity: { name: `kubernetes.io/rule/nlb/${name}`, id },
    });
    const theirs = [
      rule({}, "mtu", "sgr-mtu-of-another"),
      rule({ ipProtocol: "tcp", fromPort: 30999, toPort: 30999 }, `client=${another}`, "sgr-another"),
      rule(
        { ipProtocol: "tcp", fromPort: 30999, toPort: 30999, source: "10.0.0.0/20" },
        `health=${another}`,
        "sgr-health-of-another",
      ),
    ];
    // The nodes are those of both sides.
    const beside = (exposure: AwsExposure): AwsExposure => {
      const firewall = factsIn(exposure.firewall) ?? assert.fail();
      return { ...exposure, firewall: known({ ...firewall, nodes: [...firewall.nodes, ...theirs] }) };
    };
    const both = { ...facts, left: beside(facts.left), right: beside(facts.right) };
    const { predictions, verdict, counts } = judge(comparedOf(both, aws), { traffic: [], statements: [] });
    assert.deepEqual(
      predictions.map(({ outcome, wrong }) => [outcome, wrong]),
      [["right", []]],
    );
    assert.deepEqual([verdict.kind, counts.unexplained], ["equivalent", 0]);
  });

  const configured = (text: string, right: AwsExposure) => {
    const cloud = cloudsConfiguredBy(text, "cloud.conf").find(({ name }) => name === "aws") ?? assert.fail();
    const { predictions } = judge(comparedOf({ ...facts, right }, cloud), { traffic: [], statements: [] });
    return predictions[0] ?? assert.fail();
  };

  it("follows a configuration that is given", () => {
    const shared = "[Global]\nClusterServiceLoadBalancerHealthProbeMode = Shared";
    const found = configured(shared, withRules(sharedProbe(facts.right), health));
    assert.deepEqual(
      [found.outcome, found.configuration],
      ["right", "ClusterServiceLoadBalancerHealthProbeMode=Shared"],
    );
    assert.equal(configured(shared, facts.right).outcome, "wrong");
    assert.equal(configured("[Global]", facts.right).outcome, "right");
    assert.equal(
      configured(
        "[Global]",
        withRules(facts.right, () => []),
      ).outcome,
      "wrong",
    );
  });

  it("keeps the security groups that a load balancer got under another configuration", () => {
    const then = configured("[Global]\nNLBSecurityGroupMode = Managed", facts.right);
    assert.deepEqual(
      [then.outcome, then.configuration],
      ["right", "no NLBSecurityGroupMode when it made the load balancer"],
    );
    const now = configured("[Global]", managed(facts.right));
    assert.deepEqual(
      [now.outcome, now.configuration],
      ["right", "NLBSecurityGroupMode=Managed when it made the load balancer"],
    );
  });

  it("is wrong of a managed security group with another rule", () => {
    const right = managed(facts.right);
    const firewall = factsIn(right.firewall) ?? assert.fail();
    const open = firewall.loadBalancer.map((rule) => ({ ...rule, source: "10.0.0.0/8" }));
    const found = { ...right, firewall: known({ ...firewall, loadBalancer: open }) };
    assert.equal(configured("[Global]\nNLBSecurityGroupMode = Managed", found).outcome, "wrong");
  });

  it("names no configuration if the default one is right", () => {
    const { predictions } = judge(comparedOf(facts, aws), { traffic: [], statements: [] });
    assert.deepEqual(
      predictions.map((each) => "configuration" in each),
      [false],
    );
  });

  const abandoned: readonly [keyof typeof annotationNames, string, RegExp][] = [
    [
      "type",
      "external",
      /^the controller has stopped maintaining this load balancer, since .*type is "external"/,
    ],
    [
      "crossZone",
      "yes",
      /has stopped maintaining this load balancer, since it refuses the Service: .* is "yes"/,
    ],
  ];
  for (const [name, value, reason] of abandoned) {
    it(`is not made of a load balancer that the controller has stopped maintaining: ${name} ${value}`, () => {
      const { outcome, reason: given } = checked(withAnnotation(name, value));
      assert.equal(outcome, "not checked");
      assert.match(given, reason);
    });
  }

  it("is wrong of a rule on a load balancer to which the controller gives no security group", () => {
    const firewall = factsIn(facts.right.firewall);
    assert.ok(firewall !== undefined);
    const guarded = { ...facts.right, firewall: known({ ...firewall, loadBalancer: firewall.nodes }) };
    assert.equal(checked(guarded).outcome, "wrong");
  });

  it("is right beside the rules of other Services, whatever their source ranges", () => {
    const nodes = rulesOnNodes();
    const ofAnother = (name: string, rule: Partial<RuleFacts>): RuleFacts => ({
      identity: { name: `kubernetes.io/rule/nlb/${name}`, id: `sgr-${name}` },
      owner: "cloud controller",
      securityGroup: "sg-nodes",
      ipProtocol: "icmp",
      fromPort: 3,
      toPort: 4,
      source: "198.51.100.0/24",
      ...rule,
    });
    const others = [
      ofAnother("mtu", {}),
      ofAnother("client=a1111111111111111111111111111111", {
        ipProtocol: "tcp",
        fromPort: 30000,
        toPort: 32767,
      }),
    ];
    const firewall = known({ nodes: [...nodes, ...others], loadBalancer: [] });
    assert.deepEqual(checked({ ...facts.right, firewall }).wrong, []);
  });

  it("is wrong of a rule for this load balancer that the model does not know", () => {
    const nodes = rulesOnNodes();
    const client = nodes.find(({ ipProtocol }) => ipProtocol === "tcp");
    assert.ok(client !== undefined);
    const firewall = known({ nodes: [...nodes, { ...client, source: "198.51.100.0/24" }], loadBalancer: [] });
    assert.equal(checked({ ...facts.right, firewall }).outcome, "wrong");
  });

  it("is not made of a plan", () => {
    assert.equal(checked(facts.right, "planned").outcome, "not checked");
  });

  it("is not made while a source does not answer, and says which", () => {
    const silent = {
      ...facts.right,
      firewall: { kind: "unreachable", reason: "no answer within 30 s" } as const,
    };
    assert.deepEqual(
      [checked(silent).outcome, checked(silent).reason],
      ["not checked", "no answer within 30 s"],
    );
  });
});
