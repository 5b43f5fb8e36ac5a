/** Two manifests that ask for the same, and two that do not, by each controller and from both sides. */
import assert from "node:assert/strict";
import { manifestFile } from "../../../../comparison/manifests/file.ts";
import { controllerNamed } from "../../../../comparison/manifests/ground.ts";
import { compareDeclared } from "../../../../comparison/manifests/pair.ts";
import type { DeclaredService } from "../../../../comparison/manifests/service.ts";
import type { Comparison } from "../../../../comparison/result/comparison.ts";
import { NotComparable } from "../../../../comparison/sources/eligibility.ts";

type Texts = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;
interface Changes {
  readonly annotations?: Texts;
  readonly labels?: Texts;
  readonly metadata?: Fields;
  readonly spec?: Fields;
  readonly status?: Fields;
}

const beta = "service.beta.kubernetes.io/";
const nlb = `${beta}aws-load-balancer-`;
const octavia = "loadbalancer.openstack.org/";
const certificate = "arn:aws:acm:us-west-2:000000000000:certificate/11111111-2222-3333-4444-555555555555";

const ofAws = (annotations: Texts): Texts =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [nlb + name, value]));
const ofOctavia = (annotations: Texts): Texts =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [octavia + name, value]));

/** What both AWS controllers read. */
const bothRead: Texts = ofAws({
  "cross-zone-load-balancing-enabled": "true",
  "ssl-cert": certificate,
  "additional-resource-tags": "a=b",
  "healthcheck-healthy-threshold": "2",
  "healthcheck-unhealthy-threshold": "5",
  "healthcheck-interval": "15",
  "healthcheck-protocol": "HTTP",
  "healthcheck-port": "10256",
  "target-group-attributes": "preserve_client_ip.enabled=false",
  subnets: "subnet-1",
  "eip-allocations": "eipalloc-1,eipalloc-2,eipalloc-3",
  "target-node-labels": "a=b",
});

const controllers = [
  {
    name: "ccm",
    base: ofAws({ type: "nlb" }),
    read: { ...bothRead, ...ofAws({ internal: "true" }) },
    unread: ofAws({ scheme: "internal", "nlb-target-type": "ip", "proxy-protocol": "*", name: "shop" }),
  },
  {
    name: "lbc",
    base: ofAws({ type: "external", "nlb-target-type": "instance", scheme: "internet-facing" }),
    read: {
      ...bothRead,
      ...ofAws({
        scheme: "internal",
        attributes: "deletion_protection.enabled=true",
        "ip-address-type": "dualstack",
        "healthcheck-timeout": "6",
        "proxy-protocol": "*",
        "disable-nlb-sg": "true",
        "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=400",
        "security-group-prefix-lists": "pl-1",
      }),
    },
    unread: ofAws({ "connection-idle-timeout": "10", "extra-security-groups": "sg-1" }),
  },
  {
    name: "occm",
    base: ofOctavia({ "enable-health-monitor": "true" }),
    read: {
      [`${beta}openstack-internal-load-balancer`]: "true",
      ...ofOctavia({
        "proxy-protocol": "true",
        "connection-limit": "10",
        "timeout-client-data": "60000",
        "health-monitor-delay": "11",
        "health-monitor-max-retries": "2",
        "x-forwarded-for": "true",
      }),
    },
    unread: { ...ofAws({ internal: "true" }), ...ofOctavia({ "conection-limit": "10" }) },
  },
] as const;

function manifest(base: Texts, { annotations, metadata, labels, spec, status }: Changes): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      namespace: "shop",
      ...metadata,
      labels: labels ?? {},
      annotations: { ...base, ...annotations },
    },
    spec: {
      type: "LoadBalancer",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
      ...spec,
    },
    ...(status === undefined ? {} : { status }),
  });
}

for (const { name, base, read, unread } of controllers) {
  const served = controllerNamed(name);
  if (served === undefined) throw new Error(`no controller ${name}`);

  const declared = (changes: Changes): DeclaredService => {
    const [found] = manifestFile(manifest(base, changes), "a.json", served.cloud.controllers).services;
    if (found?.kind !== "valid") throw new Error(found?.service.reasons.join(", "));
    return found.service;
  };
  const compared = async (left: Changes, right: Changes): Promise<Comparison | string> => {
    try {
      return await compareDeclared({ left: declared(left), right: declared(right) }, served, {});
    } catch (error) {
      if (!(error instanceof NotComparable)) throw error;
      return error.message;
    }
  };
  /** The same from both sides. */
  const verdict = async (left: Changes, right: Changes): Promise<string> => {
    const results = [await compared(left, right), await compared(right, left)];
    const kinds = results.map((result) => (typeof result === "string" ? "none" : result.verdict.kind));
    assert.equal(kinds[0], kinds[1], "the verdict depends on which one is on the left");
    return kinds[0] ?? "";
  };
  const ranges = (...all: readonly string[]): Changes => ({ spec: { loadBalancerSourceRanges: all } });

  describe(`two manifests of one Service, with ${name}`, () => {
    const same: readonly (readonly [what: string, left: Changes, right: Changes])[] = [
      ["another name", {}, { metadata: { name: "other" } }],
      ["what the cluster adds", {}, { metadata: { uid: "u-1", resourceVersion: "7", generation: 2 } }],
      [
        "labels",
        {},
        { labels: { "example.com/load-balancer": "gold", "app.kubernetes.io/part-of": "shop" } },
      ],
      ["another's annotations", {}, { annotations: { "example.com/loadbalancer-tier": "gold" } }],
      ["no name of the port", {}, { spec: { ports: [{ port: 80, targetPort: 8080 }] } }],
      ["an annotation as a label", {}, { labels: { [Object.keys(read)[0] ?? ""]: "true" } }],
      [
        "ranges in another order",
        ranges("10.0.0.0/8", "172.16.0.0/12"),
        ranges("172.16.0.0/12", "10.0.0.0/8"),
      ],
      ["ranges that are split", ranges("10.0.0.0/8"), ranges("10.0.0.0/9", "10.128.0.0/9")],
      ["a range within another", ranges("10.0.0.0/8"), ranges("10.0.0.0/8", "10.1.0.0/16")],
      [
        "ranges in the annotation",
        ranges("10.0.0.0/8"),
        { annotations: { [`${beta}load-balancer-source-ranges`]: "10.0.0.0/8" } },
      ],
    ];
    for (const [what, left, right] of same) {
      it(`are equivalent with ${what}`, async () => {
        assert.equal(await verdict(left, right), "equivalent");
      });
    }
    for (const [annotation, value] of Object.entries(unread)) {
      it(`are equivalent with ${annotation}, which it does not read`, async () => {
        assert.equal(await verdict({}, { annotations: { [annotation]: value } }), "equivalent");
      });
    }
    for (const [annotation, value] of Object.entries(read)) {
      it(`are different with ${annotation}, which it reads`, async () => {
        assert.equal(await verdict({}, { annotations: { [annotation]: value } }), "different");
      });
    }

    const different: readonly (readonly [what: string, left: Changes, right: Changes])[] = [
      ["a smaller range", ranges("10.0.0.0/8"), ranges("10.0.0.0/9")],
      ["another port", {}, { spec: { ports: [{ name: "http", port: 81, targetPort: 8080 }] } }],
      ["another port of the pods", {}, { spec: { ports: [{ name: "http", port: 80, targetPort: 8081 }] } }],
      ["other pods", {}, { spec: { selector: { app: "other" } } }],
      ["the policy Local", {}, { spec: { externalTrafficPolicy: "Local" } }],
      ["the internal policy Local", {}, { spec: { internalTrafficPolicy: "Local" } }],
      ["external addresses", {}, { spec: { externalIPs: ["192.0.2.1"] } }],
      ["pods that are not ready", {}, { spec: { publishNotReadyAddresses: true } }],
    ];
    for (const [what, left, right] of different) {
      it(`are different with ${what}`, async () => {
        assert.equal(await verdict(left, right), "different");
      });
    }

    it("are not compared if one is being deleted", async () => {
      const deleted = { metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } };
      const reason = await compared({}, deleted);
      assert.ok(typeof reason === "string");
      assert.match(reason, /shop\/web: the Service is being deleted/);
      assert.equal(await verdict({}, deleted), "none");
    });

    it("say that other namespaces have other pods", async () => {
      const result = await compared({}, { metadata: { namespace: "staging" } });
      assert.ok(typeof result !== "string");
      assert.ok(result.limits.some((limit) => limit.includes("namespaces shop and staging")));
    });
  });
}

describe("more rules than a security group takes", () => {
  it("are no load balancer that can be compared", async () => {
    const served = controllerNamed("ccm");
    const many = Array.from({ length: 61 }, (_, index) => `203.0.${index}.0/24`);
    const text = manifest(ofAws({ type: "nlb" }), { spec: { loadBalancerSourceRanges: many } });
    const [found] = manifestFile(text, "a.json", served?.cloud.controllers ?? []).services;
    assert.ok(served !== undefined && found?.kind === "valid");
    await assert.rejects(
      compareDeclared({ left: found.service, right: found.service }, served, {}),
      /shop\/web needs 125 rules in the nodes' security group; AWS allows 60/,
    );
  });
});
