import assert from "node:assert/strict";
import { cloudControllerManager } from "../../../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import type { Controller } from "../../../../../../comparison/clouds/cloud.ts";
import type { AwsClusterFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { cluster, service } from "./cluster.ts";

const configured = (text: string): Controller =>
  cloudControllerManager.configuredBy?.(`[Global]\n${text}`, "cloud.conf") ?? assert.fail();

const inTwoGroups: AwsClusterFacts = { ...cluster, groupsByInstance: { "i-a": ["sg-1", "sg-2"] } };
const tls = service({}, { "ssl-cert": "arn:aws:acm:us-west-2:123456789012:certificate/1" });
const unknownPort = service({}, { "healthcheck-port": "http" });

describe("the reason of a Service without a load balancer", () => {
  it("is the same whatever the configuration is: a refusal of the Service alone", () => {
    const of = service({ sessionAffinity: "ClientIP" });
    const reason = "refused: sessionAffinity is ClientIP; allowed is None";
    assert.equal(cloudControllerManager.whyNone(of, cluster), reason);
    assert.equal(configured("NLBSecurityGroupMode = Managed").whyNone(of, cluster), reason);
  });

  it("says that it depends on a configuration that is not known", () => {
    assert.match(
      cloudControllerManager.whyNone(unknownPort, undefined) ?? "",
      /^refused: .*healthcheck-port is "http"; .*; this depends on whether the controller is configured with ClusterServiceLoadBalancerHealthProbeMode=Shared, which is not known: --controller-config names/,
    );
    assert.match(
      cloudControllerManager.whyNone(service(), inTwoGroups) ?? "",
      /several security groups .*; this depends on .* DisableSecurityGroupIngress=true, which is not known/,
    );
  });

  it("follows a configuration that is given", () => {
    assert.equal(
      configured("ClusterServiceLoadBalancerHealthProbeMode = Shared").whyNone(unknownPort, cluster),
      undefined,
    );
    assert.doesNotMatch(configured("").whyNone(unknownPort, cluster) ?? "", /depends/);
    assert.match(
      configured("NLBSecurityGroupMode = Managed").whyNone(tls, cluster) ?? "",
      /^refused: port 80 terminates TLS/,
    );
  });

  it("may be one of another configuration, if there is none with the default one", () => {
    assert.equal(cloudControllerManager.whyNone(tls, cluster), undefined);
    assert.match(
      cloudControllerManager.whyPerhapsNone?.(tls, cluster) ?? "",
      /^refused: port 80 terminates TLS.*; so if the controller is configured with NLBSecurityGroupMode=Managed, which is not known/,
    );
    assert.equal(cloudControllerManager.whyPerhapsNone?.(service(), cluster), undefined);
    assert.equal(configured("").whyPerhapsNone?.(tls, cluster), undefined);
  });
});
