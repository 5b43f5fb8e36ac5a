import type { Resource } from "@pulumi/pulumi";
import { log } from "@pulumi/pulumi";

/** Warns of each, on the resource. */
export function warnOf(found: readonly string[], resource: Resource): void {
  for (const note of found) void log.warn(note, resource);
}
