/** The state of a stack, as `pulumi stack export` prints it. */

/** A stack's outputs by name. */
export type Outputs = Readonly<Record<string, { readonly value: unknown }>>;

/** A resource in a state. Components have no id. */
export interface StateResource {
  readonly type: string;
  readonly urn?: string;
  readonly parent?: string;
  /** Of a Kubernetes object: `NAMESPACE/NAME`. */
  readonly id?: string;
  /** The id by which it was imported, while the program says so. */
  readonly importID?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The part that is read here: https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/go/common/apitype/core.go (DeploymentV3) */
interface State {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly {
      readonly type: string;
      readonly resource: { readonly type: string; readonly urn: string };
    }[];
  };
}

/** Of a stack that has never been deployed. */
export const emptyState = JSON.stringify({ deployment: {} } satisfies State);

/** The outputs of the resource that stands for the stack itself. */
export function outputsIn(deployment: unknown): Outputs {
  const { outputs = {} } = resourcesIn(deployment).find(({ type }) => type === "pulumi:pulumi:Stack") ?? {};
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]));
}

/** The stack's Services, `NAMESPACE/NAME` by the resource's name in the program. */
export function ownServicesIn(deployment: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    resourcesIn(deployment)
      .filter(({ type }) => type === "kubernetes:core/v1:Service")
      .map(({ urn = "", id = "" }) => [urn.split("::").at(-1) ?? "", id]),
  );
}

/** None before the first deployment. */
export const resourcesIn = (deployment: unknown): readonly StateResource[] =>
  (deployment as State).deployment.resources ?? [];

/** A resource that Pulumi was creating when it was interrupted: it may exist, and the state does not have it. */
export interface InterruptedCreation {
  readonly type: string;
  readonly urn: string;
}

/** https://www.pulumi.com/docs/iac/concepts/state-and-backends/ (pending operations) */
export function interruptedCreationsIn(deployment: unknown): InterruptedCreation[] {
  const { pending_operations = [] } = (deployment as State).deployment;
  return pending_operations
    .filter(({ type }) => type === "creating")
    .map(({ resource: { type, urn } }) => ({ type, urn }));
}
