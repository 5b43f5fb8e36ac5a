import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  controllerFlags,
  objectsToApply,
  runLoadBalancerController,
} from "../../../../../../lab/clouds/aws/loadBalancerController/start.ts";

describe("the load balancer controller's flags", () => {
  const flags = controllerFlags({ kubeconfig: "/k", certificates: "/c", vpcId: "vpc-1" });

  it("name every service of AWS that it calls for Network Load Balancers", () => {
    const endpoint = "http://127.0.0.1:4566";
    assert.ok(flags.includes(`--aws-api-endpoints=EC2=${endpoint},Elastic Load Balancing v2=${endpoint}`));
    assert.ok(flags.includes("--aws-vpc-id=vpc-1"));
  });

  it("leave its features as they are", () => {
    assert.deepEqual(
      flags.filter((flag) => flag.startsWith("--feature-gates")),
      [],
    );
  });

  it("give its webhooks the lab's certificate", () => {
    assert.ok(flags.includes("--webhook-cert-dir=/c"));
    assert.ok(flags.includes("--webhook-cert-file=aws-load-balancer-webhook.crt"));
  });
});

describe("a lab without the load balancer controller", () => {
  let certificates: string;
  let deleted: string[];

  beforeEach(() => {
    certificates = mkdtempSync(join(tmpdir(), "certificates-"));
    deleted = [];
  });
  afterEach(() => {
    rmSync(certificates, { recursive: true });
  });

  const start = (): Promise<void> =>
    runLoadBalancerController({
      certificates,
      kubeconfigs: "/k",
      vpcId: "vpc-1",
      kubectl: {
        deleteLabelled: (kinds, label) => {
          deleted.push(...kinds, label);
          return Promise.resolve();
        },
      },
      run: {
        start: () => assert.fail("there is nothing to start"),
        throwIfFailing: () => assert.fail("there is nothing to ask"),
      },
    });

  it("asks the API server for nothing", async () => {
    assert.deepEqual(objectsToApply(certificates, {}), []);
    await start();
    assert.deepEqual(deleted, []);
  });

  it("removes the webhooks of an earlier start that had it", async () => {
    writeFileSync(join(certificates, "aws-load-balancer-controller.crt"), "");
    await start();
    assert.deepEqual(deleted, [
      "MutatingWebhookConfiguration",
      "ValidatingWebhookConfiguration",
      "app.kubernetes.io/name=aws-load-balancer-controller",
    ]);
  });
});
