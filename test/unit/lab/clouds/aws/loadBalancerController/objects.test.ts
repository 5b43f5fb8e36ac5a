import assert from "node:assert/strict";
import { controllerObjects } from "../../../../../../lab/clouds/aws/loadBalancerController/objects.ts";

const webhook = (name: string, path: string): string => `
  - name: ${name}
    failurePolicy: Fail
    clientConfig:
      service: { name: aws-load-balancer-webhook-service, namespace: kube-system, path: ${path} }`;

const release = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: targetgroupbindings.elbv2.k8s.aws }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: albtargetcontrolconfigs.elbv2.k8s.aws }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: aws-load-balancer-controller-role }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: aws-load-balancer-controller }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: aws-load-balancer-serving-cert }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: aws-load-balancer-webhook }
webhooks:${webhook("mservice.elbv2.k8s.aws", "/mutate-v1-service")}${webhook("mpod.elbv2.k8s.aws", "/mutate-v1-pod")}
`;

interface Configuration {
  readonly kind: string;
  readonly webhooks?: readonly {
    readonly name: string;
    readonly failurePolicy: string;
    readonly namespaceSelector?: object;
    readonly clientConfig: object;
  }[];
}

describe("the load balancer controller's objects", () => {
  const objects = controllerObjects(release, Buffer.from("CA")) as Configuration[];
  const webhooks = objects.flatMap(({ webhooks = [] }) => webhooks);

  it("are those of its release, without the pod and the certificates that the lab has in their place, and the kind of a feature that is off", () => {
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["CustomResourceDefinition", "ClusterRole", "MutatingWebhookConfiguration"],
    );
  });

  it("let the API server call the process beside it, and trust the lab's certificates", () => {
    assert.deepEqual(
      webhooks.map(({ clientConfig }) => clientConfig),
      ["/mutate-v1-service", "/mutate-v1-pod"].map((path) => ({
        url: `https://127.0.0.1:9443${path}`,
        caBundle: "Q0E=",
      })),
    );
  });

  it("make it the default in namespaces that ask for it, and only there", () => {
    assert.deepEqual(
      webhooks.map(({ name, namespaceSelector }) => [name, namespaceSelector]),
      [
        [
          "mservice.elbv2.k8s.aws",
          {
            matchExpressions: [
              { key: "aws-load-balancer-controller/default", operator: "In", values: ["enabled"] },
            ],
          },
        ],
        ["mpod.elbv2.k8s.aws", undefined],
      ],
    );
  });

  it("keep what the release says of a controller that does not answer", () => {
    assert.deepEqual(
      webhooks.map(({ failurePolicy }) => failurePolicy),
      ["Fail", "Fail"],
    );
  });
});
