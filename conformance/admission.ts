/**
 * What the specs' Services of type LoadBalancer get on their way into the cluster. Upstream's specs create plain ones; on AWS these get a Classic Load Balancer.
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
import { join } from "node:path";
import { until } from "../lab/until.ts";
import { run } from "../lab/tools/command.ts";

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

export interface Cluster {
  /** The directory of kubectl. */
  readonly bin: string;
  readonly kubeconfig: string;
}

/** Resolves once the policy is in force: the API server takes it up a moment after it was created. */
export async function admit({ bin, kubeconfig }: Cluster, admission: Admission): Promise<void> {
  const kubectl = (args: readonly string[], input: object): Promise<string> =>
    run(join(bin, "kubectl"), ["--kubeconfig", kubeconfig, ...args, "-f", "-"], {
      input: JSON.stringify(input),
    });
  await kubectl(["apply", "--server-side"], {
    apiVersion: "v1",
    kind: "List",
    items: admissionObjects(admission),
  });
  const isInForce = async (): Promise<boolean> => {
    const answer = await kubectl(["create", "--dry-run=server", "--output=json"], trial);
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
