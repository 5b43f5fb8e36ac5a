import assert from "node:assert/strict";
import { withoutEffect } from "../../../../../../comparison/clouds/aws/loadBalancerController/withoutEffect.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { dns, prefix } from "../cloudControllerManager/cluster.ts";
import { service } from "./service.ts";

const certificate = "arn:aws:acm:us-west-2:000000000000:certificate/11111111-2222-3333-4444-555555555555";

/** Names without the common prefix. */
const namesIn = (of: ServiceFacts): string[] => withoutEffect(of).map(({ name }) => name.replace(prefix, ""));

describe("annotations without effect on what the AWS Load Balancer Controller makes", () => {
  const cases: readonly [string, ServiceFacts, string[]][] = [
    ["a type that the class overrides", service({}, { type: "nlb" }), ["type"]],
    ["a type of targets that is none", service({}, { "nlb-target-type": "node" }), ["nlb-target-type"]],
    [
      "the old word for the scheme beside the new",
      service({}, { scheme: "internal", internal: "true" }),
      ["internal"],
    ],
    [
      "settings of TLS without it",
      service(
        {},
        {
          "ssl-negotiation-policy": "x",
          "alpn-policy": "None",
          "ssl-ports": "80",
          "backend-protocol": "ssl",
        },
      ),
      ["ssl-negotiation-policy", "alpn-policy", "ssl-ports", "backend-protocol"],
    ],
    ["another backend protocol than ssl", service({}, { "backend-protocol": "tcp" }), ["backend-protocol"]],
    ["a certificate for UDP ports", service({ ports: [dns] }, { "ssl-cert": certificate }), ["ssl-cert"]],
    [
      "a bucket without access logs",
      service({}, { "access-log-s3-bucket-name": "a" }),
      ["access-log-s3-bucket-name"],
    ],
    [
      "access logs that are turned off",
      service({}, { "access-log-enabled": "false" }),
      ["access-log-enabled"],
    ],
    [
      "a page for a TCP check",
      service({}, { "healthcheck-path": "/x", "healthcheck-success-codes": "200" }),
      ["healthcheck-path", "healthcheck-success-codes"],
    ],
    [
      "rules in groups that the Service names",
      service(
        {},
        {
          "security-groups": "sg-1",
          "security-group-prefix-lists": "pl-1",
          "enable-icmp-for-path-mtu-discovery": "on",
        },
      ),
      ["security-group-prefix-lists", "enable-icmp-for-path-mtu-discovery"],
    ],
    [
      "groups for a load balancer without any",
      service({}, { "disable-nlb-sg": "true", "security-groups": "sg-1" }),
      ["security-groups"],
    ],
    [
      "path MTU discovery, for which the controller opens something else",
      service({}, { "enable-icmp-for-path-mtu-discovery": "on" }),
      ["enable-icmp-for-path-mtu-discovery"],
    ],
    [
      "a word for path MTU discovery besides on",
      service({}, { "enable-icmp-for-path-mtu-discovery": "true" }),
      ["enable-icmp-for-path-mtu-discovery"],
    ],
    [
      "rules on the nodes for its own group",
      service({}, { "manage-backend-security-group-rules": "false" }),
      ["manage-backend-security-group-rules"],
    ],
    [
      "a word for merged ports that is no truth",
      service({}, { "enable-tcp-udp-listener": "yes" }),
      ["enable-tcp-udp-listener"],
    ],
    [
      "nodes for pods as targets",
      service({}, { "nlb-target-type": "ip", "target-node-labels": "a=b" }),
      ["target-node-labels"],
    ],
    [
      "a name of the Classic Load Balancer",
      service({}, { "connection-idle-timeout": "60" }),
      ["connection-idle-timeout"],
    ],
    [
      "groups of the cloud controller manager",
      service({}, { "extra-security-groups": "sg-1" }),
      ["extra-security-groups"],
    ],
    ["a name that nobody reads", service({}, { schem: "internal" }), ["schem"]],
    [
      "attributes of a port that there is not",
      service({}, { "target-group-attributes.8080": "a=b" }),
      ["target-group-attributes.8080"],
    ],
    [
      "attributes of a listener that there is not",
      service({}, { "listener-attributes.UDP-80": "a=b" }),
      ["listener-attributes.UDP-80"],
    ],
  ];
  for (const [what, of, expected] of cases) {
    it(`are ${what}`, () => {
      assert.deepEqual(namesIn(of).sort(), [...expected].sort());
    });
  }

  it("are those whose ending is no port of the Service, and the name with the right ending is said", () => {
    const insteadOf = (name: string, ports = service().ports): string | undefined =>
      withoutEffect(service({ ports }, { [name]: "a=b" })).map(({ instead }) => instead ?? "")[0];
    assert.equal(insteadOf("listener-attributes.TCP-443"), `${prefix}listener-attributes.TCP-80`);
    assert.equal(insteadOf("listener-attributes.tcp-80"), `${prefix}listener-attributes.TCP-80`);
    assert.equal(insteadOf("listener-attributes"), `${prefix}listener-attributes.TCP-80`);
    assert.equal(insteadOf("listener-attributes.UDP-5", [dns]), `${prefix}listener-attributes.UDP-53`);
    assert.equal(insteadOf("target-group-attributes.8080"), `${prefix}target-group-attributes.80`);
    assert.equal(insteadOf("target-group-attributes"), undefined);
  });

  it("are actions by the documentation's name: the controller reads another", () => {
    const [found] = withoutEffect(service({}, { "actions.TCP-80": "{}" }));
    assert.equal(found?.instead, "service.beta.kubernetes.io/actions.TCP-80");
    assert.match(found.why, /another name than its documentation/);
  });

  it("say nothing of TLS ports that the controller refuses already", () => {
    assert.deepEqual(namesIn(service({}, { "ssl-cert": certificate, "ssl-ports": "8443" })), []);
  });

  it("are ranges that the field overrides, or that no group takes", () => {
    const annotations = { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8" };
    assert.deepEqual(namesIn(service({ annotations })), []);
    for (const of of [
      service({ annotations, loadBalancerSourceRanges: ["10.0.0.0/8"] }),
      service({ annotations: { ...annotations, [`${prefix}security-groups`]: "sg-1" } }),
    ]) {
      assert.deepEqual(namesIn(of), Object.keys(annotations));
    }
  });

  it("are labels in the place of annotations", () => {
    const of = service({ labels: { [`${prefix}scheme`]: "internal" } });
    assert.deepEqual(
      withoutEffect(of).map(({ place }) => place),
      ["label"],
    );
  });

  it("are all of a Service of another type that the controller does not serve", () => {
    const { loadBalancerClass: _none, ...nodePort } = service({ type: "NodePort" }, { scheme: "internal" });
    assert.deepEqual(namesIn(nodePort), ["scheme"]);
    const served = { [`${prefix}type`]: "external", [`${prefix}nlb-target-type`]: "instance" };
    assert.deepEqual(namesIn({ ...nodePort, annotations: served }), []);
  });

  it("are none of those that have their effect", () => {
    const of = service(
      {},
      {
        scheme: "internet-facing",
        name: "edge",
        "ssl-cert": certificate,
        "ssl-ports": "80",
        "alpn-policy": "HTTP2Preferred",
        "target-group-attributes": "stickiness.enabled=true",
        "target-group-attributes.80": "stickiness.enabled=false",
        "listener-attributes.TLS-80": "",
        "healthcheck-timeout": "5",
        "proxy-protocol": "*",
      },
    );
    assert.deepEqual(namesIn(of), []);
  });
});
