/** Who has a node port that the API server refuses. Its message does not say. */
import { isArray, isObject, textOf, type Properties } from "../values.ts";
import type { Api } from "./api.ts";
import { ApiError } from "./client.ts";
import { objectAt } from "./inputs.ts";
import type { Kind } from "./kinds.ts";

/**
 * A dry run checks as well: https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/portallocator/operation.go. Of a health check node port
 * the message differs only before the number: pkg/registry/core/service/storage/alloc.go
 */
const refusal = /\b(\d+): provided port is already allocated/g;

/**
 * Asks only after such a refusal, so that nothing else takes longer.
 * @returns the rest of the sentence; empty if the refusal is another one, or the Services cannot be read
 */
export async function ownersOfTakenPorts(api: Api, kind: Kind, error: unknown): Promise<string> {
  if (!(error instanceof ApiError) || kind.kind !== "Service") return "";
  const ports = new Set([...error.message.matchAll(refusal)].map(([, port]) => Number(port)));
  if (ports.size === 0) return "";
  const services = await api.list(kind, undefined, {}).catch(() => []);
  return [...ports]
    .flatMap((port) => {
      const owner = services.find((service) => nodePortsOf(service).includes(port));
      return owner === undefined ? [] : [`; Service ${nameOf(owner)} has node port ${port}`];
    })
    .join("");
}

function nodePortsOf(service: Properties): unknown[] {
  const { ports, healthCheckNodePort } = objectAt(service, "spec");
  const ofPorts = isArray(ports) ? ports.filter(isObject).map(({ nodePort }) => nodePort) : [];
  return [...ofPorts, healthCheckNodePort];
}

function nameOf(service: Properties): string {
  const { namespace, name } = objectAt(service, "metadata");
  return `${textOf(namespace)}/${textOf(name)}`;
}
