import assert from "node:assert/strict";
import {
  controllerNamed,
  declaresSharedRules,
  namedSubnets,
  optionsOf,
  portsOf,
} from "../../../../../../comparison/clouds/aws/testbed/options.ts";
import { declared, variantNames, variants } from "../../../../../../comparison/scenarios/testbed/variants.ts";

describe("a variant of the testbed on AWS", () => {
  it("has no option that it does not need", () => {
    assert.deepEqual(optionsOf(variants.plain), variants.plain.options);
  });

  it("has AWS's options for what the testbed asks of it", () => {
    const { options } = variants.plain;
    assert.deepEqual(optionsOf(variants.crossZone), { ...options, crossZoneLoadBalancing: true });
    assert.deepEqual(optionsOf(variants.masqueraded), { ...options, preserveClientIp: false });
    assert.equal(
      optionsOf(declared("local", "left", { variant: "local", drainingSeconds: 120 }))
        .deregistrationDelaySeconds,
      120,
    );
  });

  it("has pods as targets at the number of their port, which the program opens, where pods are to be members", () => {
    const pods = declared("plain", "left", { variant: "plain", podMembers: true });
    assert.equal(optionsOf(pods).targetType, "ip");
    assert.deepEqual(
      portsOf(pods, "program").map(({ name, targetPort }) => [name, targetPort]),
      [["http", 8080]],
    );
    assert.deepEqual(portsOf(variants.plain, "program"), variants.plain.ports);
  });

  it("ends TLS with what its maker can have", () => {
    const https = { name: "https", port: 443, targetPort: "http" };
    const ends = { certificates: ["first", "other"], versions: "1.2 and 1.3" } as const;
    const variant = declared("local", "left", {
      variant: "local",
      ports: (ports) => [...ports, https],
      tls: { https: ends },
    });
    const [http, ...others] = portsOf(variant, "aws-load-balancer-controller");
    assert.deepEqual(http, variants.local.ports[0]);
    const tls = { certificateArn: "first", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" };
    const all = { ...tls, additionalCertificateArns: ["other"], alpnPolicy: "HTTP1Only" };
    assert.deepEqual(others, [{ ...https, tls: all }]);
    assert.deepEqual(portsOf(variant, "program").slice(1), others);
    assert.deepEqual(portsOf(variant, "aws-cloud-controller-manager").slice(1), [{ ...https, tls }]);
  });

  it("checks kube-proxy's health port where a port is UDP", () => {
    assert.deepEqual(optionsOf(variants.udp).healthCheck, {
      protocol: "HTTP",
      port: 10256,
      path: "/healthz",
    });
  });

  it("names its subnets to the AWS Load Balancer Controller if it is internal, since they have no tag for that", () => {
    const network = {
      subnets: ["a", "b"].map((zone) => ({
        id: `subnet-${zone}`,
        availabilityZone: zone,
        cidrBlock: "10.0.0.0/24",
        tags: { "kubernetes.io/role/elb": "1" },
      })),
    };
    const internal = declared("plain", "right", { variant: "plain", options: { scheme: "internal" } });
    const named = { subnetIds: ["subnet-a", "subnet-b"] };
    assert.deepEqual(namedSubnets("aws-load-balancer-controller", internal, network), named);
    assert.deepEqual(namedSubnets("aws-load-balancer-controller", variants.plain, network), {});
    assert.deepEqual(namedSubnets("aws-cloud-controller-manager", internal, network), {});
  });

  it("has the controller that is named, or the cloud controller manager", () => {
    assert.equal(controllerNamed(), "aws-cloud-controller-manager");
    assert.equal(controllerNamed("aws-load-balancer-controller"), "aws-load-balancer-controller");
    assert.throws(() => controllerNamed("lbc"), {
      message:
        'controller "lbc" makes no load balancers on AWS; allowed are aws-cloud-controller-manager and aws-load-balancer-controller',
    });
  });

  it("declares the shared rules once for the same source ranges", () => {
    assert.deepEqual(variantNames.filter(declaresSharedRules), ["plain", "udp"]);
  });
});
