/**
 * What the specs' Services of type LoadBalancer get on their way into the cluster. Upstream's specs create plain ones; on AWS these get a Classic Load Balancer.
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
import { until } from "../lab/until.ts";
import type { Cluster } from "./cluster.ts";
import { kubectl } from "./cluster.ts";

/** Flags of the API server: mutating admission policies are off by default before Kubernetes 1.36. */
export const mutatingPolicies: Readonly<Record<string, string>> = {
  "feature-gates": "MutatingAdmissionPolicy=true",
  "runtime-config": "admissionregistration.k8s.io/v1beta1=true",
};

/** What Services of type LoadBalancer get. */
export interface Admission {
  readonly annotations?: Readonly<Record<string, string>>;
  /** Only the controller of this class makes load balancers for them. The class cannot be changed later, so it is given when a Service becomes a LoadBalancer. */
  readonly loadBalancerClass?: string;
}

/** The class of Services that the cloud controller leaves alone. https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class */
export const ownClass = "nodeport-exposure";

/** Who makes the load balancers of the specs' Services. */
export type Maker = "cloud controller" | "program";

export const admissions: Readonly<Record<Maker, Admission>> = {
  // https://cloud-provider-aws.sigs.k8s.io/service_controller/
  "cloud controller": { annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } },
  program: { loadBalancerClass: ownClass },
};

const name = "load-balancers-of-specs";
const apiVersion = "admissionregistration.k8s.io/v1beta1";

/** The policy and its binding. */
export function admissionObjects(admission: Admission): object[] {
  const validating = [
    { name: "load-balancer", expression: "object.spec.type == 'LoadBalancer'" },
    ...(admission.loadBalancerClass === undefined
      ? []
      : [{ name: "without-class", expression: "!has(object.spec.loadBalancerClass)" }]),
  ];
  return [
    {
      apiVersion,
      kind: "MutatingAdmissionPolicy",
      metadata: { name },
      spec: {
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [""],
              apiVersions: ["v1"],
              operations: ["CREATE", "UPDATE"],
              resources: ["services"],
            },
          ],
        },
        matchConditions: validating,
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        mutations: [
          { patchType: "ApplyConfiguration", applyConfiguration: { expression: expressionOf(admission) } },
        ],
      },
    },
    { apiVersion, kind: "MutatingAdmissionPolicyBinding", metadata: { name }, spec: { policyName: name } },
  ];
}

/** In CEL. JSON's strings are strings of CEL too. */
function expressionOf({ annotations, loadBalancerClass }: Admission): string {
  const fields = [
    annotations && `metadata: Object.metadata{annotations: ${JSON.stringify(annotations)}}`,
    loadBalancerClass && `spec: Object.spec{loadBalancerClass: ${JSON.stringify(loadBalancerClass)}}`,
  ];
  return `Object{${fields.filter((field) => field !== undefined).join(", ")}}`;
}

/** Resolves once the policy is in force: the API server takes it up a moment after it was created. */
export async function admit(cluster: Cluster, admission: Admission): Promise<void> {
  const items = admissionObjects(admission);
  await kubectl(cluster, ["apply", "--server-side", "--filename=-"], {
    apiVersion: "v1",
    kind: "List",
    items,
  });
  const isInForce = async (): Promise<boolean> => {
    const create = ["create", "--dry-run=server", "--output=json", "--filename=-"];
    const answer = await kubectl(cluster, create, trial);
    return isAdmitted(JSON.parse(answer) as Admitted, admission);
  };
  await until("the admission policy", isInForce, 30_000);
}

const trial = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "trial", namespace: "default" },
  spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
};

interface Admitted {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly loadBalancerClass?: string };
}

/** Whether a Service has got what it should. */
export function isAdmitted(
  { metadata, spec }: Admitted,
  { annotations = {}, loadBalancerClass }: Admission,
): boolean {
  const got = metadata.annotations ?? {};
  return (
    Object.entries(annotations).every(([key, value]) => got[key] === value) &&
    spec.loadBalancerClass === loadBalancerClass
  );
}
