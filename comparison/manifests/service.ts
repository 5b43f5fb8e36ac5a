/** The Services of a file as facts, or what the API server says of them. */
import type { V1Service } from "@kubernetes/client-node";
import type { Controller } from "../clouds/cloud.ts";
import { generatedName, later, laterForHealthChecks } from "../model/later.ts";
import type { ServiceFacts } from "../model/service.ts";
import { serviceFacts } from "../sources/kubernetes/facts.ts";
import { isObject } from "./documents.ts";
import type { ManifestObject } from "./documents.ts";
import { fieldProblems, pathText } from "./fields.ts";
import type { Problem } from "./fields.ts";
import type { ServiceManifest } from "./manifest.ts";
import { isHeadless, needsHealthCheck, stored } from "./stored.ts";
import type { StoredService } from "./stored.ts";
import { serviceProblems } from "./validation.ts";

/** A Service of a file. */
export interface DeclaredService {
  readonly place: string;
  /** Whether the manifest has only `generateName`. */
  readonly isNamedByCluster: boolean;
  readonly facts: ServiceFacts;
}

/** `invalid`: the API server would refuse it. One reason for each field. */
export type ReadService =
  | { readonly kind: "valid"; readonly service: DeclaredService }
  | { readonly kind: "invalid"; readonly reasons: readonly string[] };

/** Also one of which the version or the kind is written wrongly. Other groups with a domain of their own have other kinds of this name. */
export function isService({ object: { apiVersion, kind } }: ManifestObject): boolean {
  if (!/^services?$/i.test(String(kind))) return false;
  const [group = "", version] = typeof apiVersion === "string" ? apiVersion.split("/") : [];
  return version === undefined || !group.includes(".") || group.endsWith(".k8s.io");
}

/** No API server has it. In kubectl's words: no matches for kind "Service" in version "apps/v1". */
function typeProblems({ apiVersion, kind }: ManifestObject["object"]): Problem[] {
  const wrong = (field: string, value: unknown, right: string): Problem[] =>
    value === right
      ? []
      : [
          {
            path: [field],
            reason: `${value === undefined ? "it is missing" : `it is ${JSON.stringify(value)}`}; a Service has ${right}`,
          },
        ];
  return [...wrong("apiVersion", apiVersion, "v1"), ...wrong("kind", kind, "Service")];
}

/** @param controllers those in the cluster; the first serves Services that name none */
export function readService(
  { place, object, lineOf, textOf }: ManifestObject,
  controllers: readonly Controller[],
): ReadService {
  const invalid = (problems: readonly Problem[]): ReadService => ({
    kind: "invalid",
    reasons: problems.map(({ path, reason }) => {
      const line = lineOf(path);
      return `${place}${line === undefined ? "" : `, line ${line}`}: ${pathText(path)}: ${reason}`;
    }),
  });
  const untyped = typeProblems(object);
  if (untyped.length > 0) return invalid(untyped);
  const unreadable = fieldProblems(object, textOf);
  if (unreadable.length > 0) return invalid(unreadable);
  const manifest = stored(withoutNulls(object) as ServiceManifest);
  const problems = serviceProblems(manifest);
  if (problems.length > 0) return invalid(problems);
  return {
    kind: "valid",
    service: {
      place,
      isNamedByCluster: manifest.metadata?.name === undefined,
      facts: factsOf(manifest, controllers),
    },
  };
}

/** With placeholders for what the cluster allocates. */
function factsOf(manifest: StoredService, controllers: readonly Controller[]): ServiceFacts {
  const { spec } = manifest;
  const facts = serviceFacts(asRead(manifest), controllers);
  const isExternal = spec.type === "NodePort" || spec.type === "LoadBalancer";
  const hasNodePorts = isExternal && spec.allocateLoadBalancerNodePorts !== false;
  const { healthCheckNodePort = 0, ...rest } = facts;
  const declared: ServiceFacts = {
    ...rest,
    // Whatever applies the manifest: kubectl, Helm or a program.
    owner: "program",
    ingress: [],
    identity: {
      name:
        facts.identity.name === ""
          ? generatedName(manifest.metadata?.generateName ?? "")
          : facts.identity.name,
      id: facts.identity.id === "" ? later : facts.identity.id,
    },
    // Those that a manifest names were allocated, or are one Service's own.
    clusterIPs: isHeadless(spec) ? facts.clusterIPs : facts.ipFamilies.map(() => later),
    ports: facts.ports.map(({ nodePort = 0, ...port }) =>
      nodePort !== 0 ? { ...port, nodePort } : hasNodePorts ? { ...port, nodePort: later } : port,
    ),
    ...(needsHealthCheck(spec)
      ? { healthCheckNodePort: healthCheckNodePort === 0 ? laterForHealthChecks : healthCheckNodePort }
      : {}),
  };
  // That of Services that name none has the webhook, if one has.
  const created = controllers[0]?.asCreated?.(declared) ?? declared;
  const controller = controllers.find((each) => each.claims(created));
  return controller === undefined ? created : asServed(created, controller);
}

/** As the client of the Kubernetes API reads it. */
function asRead(manifest: unknown): V1Service {
  return manifest as V1Service;
}

/** The controller writes both: the load balancer's address, and the finalizer that keeps the Service until the load balancer is deleted. */
function asServed(service: ServiceFacts, { finalizer, inStatus }: Controller): ServiceFacts {
  return {
    ...service,
    ingress: [inStatus?.(service, later) ?? later],
    finalizers: [...new Set([...service.finalizers, finalizer])],
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}
