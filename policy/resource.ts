/** A resource that a plan declares, as far as rules look at it, and the safe reading of its properties. */

export type Properties = Readonly<Record<string, unknown>>;

export interface DeclaredResource {
  /** Pulumi's type token, such as `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
  /** URNs of the resources that a property refers to, by the property's name. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** A rule about one resource. It gets resources of every type. @returns what is wrong, one sentence each */
export type ResourceRule = (resource: Pick<DeclaredResource, "type" | "props">) => string[];

/** A rule about resources together. @returns what is wrong, and with which resource */
export type StackRule = (
  resources: readonly DeclaredResource[],
) => { readonly urn: string; readonly message: string }[];

/** An empty one for anything but an object. */
export const recordOf = (value: unknown): Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};

/** An empty one for anything but a list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textsIn = (value: unknown): string[] =>
  listOf(value).filter((each): each is string => typeof each === "string");
