import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { cloudControllerManager } from "../../../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { defaultConfiguration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { minorOf } from "../../../../../../comparison/clouds/aws/cloudControllerManager/releases.ts";
import type { AwsClusterFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { kubernetesVersions, usualVersion } from "../../../../../../lab/kubernetesVersions.ts";
import { requiredVersion } from "../../../../../../lab/tools/programs.ts";
import { cluster, existing, prefix, service } from "./cluster.ts";

const at = (kubernetesVersion: string): AwsClusterFacts => ({ ...cluster, kubernetesVersion });
const [v134, v135, v136] = [at("v1.34.4"), at("v1.35.4"), at("v1.36.3")];

const addresses = cluster.subnets.map((_, index) => `10.0.${16 * index}.5`).join(",");
const groups = service({}, { "security-groups": "sg-1", "extra-security-groups": "sg-2" });
const fixed = service({}, { internal: "true", "private-ipv4-addresses": addresses });
const withoutAddresses = service({}, { internal: "true" });
const managed = { ...defaultConfiguration, managesSecurityGroups: true };
const becameNetwork = service({ ingress: ["a1-2.us-west-2.elb.amazonaws.com"] });
const becameClassic = service({ ingress: ["a1-b2.elb.us-west-2.amazonaws.com"] }, { type: undefined });

const groupsOf = (inCluster: AwsClusterFacts): readonly string[] => {
  const made = predict(service(), inCluster, undefined, managed);
  assert.ok(made.kind === "made");
  return made.loadBalancer.securityGroups;
};
const ignored = (of: ServiceFacts, inCluster: AwsClusterFacts): string[] =>
  cloudControllerManager.withoutEffect(of, inCluster).map(({ name }) => name.replace(prefix, ""));

describe("releases of the cloud controller manager", () => {
  it("are the cluster's own minor version, the nearest that is known, or v1.35 if that is not known", () => {
    const versions = ["v1.33.1", "v1.34.4", "v1.35.0-eks-1", "v1.36.3", "v1.40.0", "", undefined];
    assert.deepEqual(versions.map(minorOf), [34, 34, 35, 36, 36, 35, 35]);
  });

  it("refuse security groups from v1.35 on, and ignore them before", () => {
    assert.equal(predict(groups, v134).kind, "made");
    assert.deepEqual(
      [v135, v136].map((each) => predict(groups, each).kind),
      ["refused", "refused"],
    );
    assert.deepEqual(ignored(groups, v134), ["security-groups", "extra-security-groups"]);
    assert.deepEqual(ignored(groups, v135), []);
  });

  it("say so of a Service that waits, before the cloud is asked", () => {
    assert.equal(cloudControllerManager.whyNone(groups, undefined, "v1.34.4"), undefined);
    assert.match(cloudControllerManager.whyNone(groups, undefined, "v1.36.3") ?? "", /security-groups/);
    assert.match(cloudControllerManager.whyNone(groups, undefined) ?? "", /security-groups/);
  });

  it("read private addresses from v1.35 on", () => {
    assert.deepEqual(predict(fixed, v134), predict(withoutAddresses, v134));
    assert.notDeepEqual(predict(fixed, v135), predict(withoutAddresses, v135));
    assert.deepEqual(ignored(fixed, v134), ["private-ipv4-addresses"]);
    assert.deepEqual(ignored(fixed, v136), []);
    const faulty = service({}, { internal: "true", "private-ipv4-addresses": "192.0.2.1" });
    assert.deepEqual(
      [v134, v135].map((each) => predict(faulty, each).kind),
      ["made", "refused"],
    );
  });

  it("make security groups for load balancers from v1.35 on, whatever is configured", () => {
    assert.deepEqual(
      [v134, v135, v136].map((each) => groupsOf(each).length),
      [0, 1, 1],
    );
    const tls = service({}, { "ssl-cert": "arn:aws:acm:us-west-2:123456789012:certificate/1" });
    const kinds = [v134, v135].map((each) => predict(tls, each, undefined, managed).kind);
    assert.deepEqual(kinds, ["made", "refused"]);
    assert.doesNotMatch(cloudControllerManager.whyPerhapsNone?.(tls, v134) ?? "", /NLBSecurityGroupMode/);
  });

  it("refuse another kind of load balancer than the Service has from v1.36 on", () => {
    for (const older of [cluster, v134, v135]) {
      assert.equal(predict(becameNetwork, older).kind, "made");
      assert.equal(predict(becameClassic, older).kind, "not its own");
    }
    for (const changed of [becameNetwork, becameClassic])
      assert.equal(predict(changed, v136).kind, "refused");
    const unchanged = service({ ingress: ["a1-b2.elb.us-west-2.amazonaws.com"] });
    assert.equal(predict(unchanged, v136, existing).kind, "made");
    const classic = service({ ingress: ["a1-2.us-west-2.elb.amazonaws.com"] }, { type: undefined });
    assert.equal(predict(classic, v136).kind, "not its own");
  });

  it("are those that the lab runs, so that a new one is read before the model claims to know it", () => {
    const file = (version: string) =>
      version === usualVersion ? "lab/parts/go.mod" : `lab/parts/versions/${version}.mod`;
    const controllers = kubernetesVersions.map((version) =>
      requiredVersion(readFileSync(file(version), "utf8"), "k8s.io/cloud-provider-aws"),
    );
    assert.deepEqual(controllers, ["v1.34.4", "v1.35.0", "v1.36.2"]);
  });
});
