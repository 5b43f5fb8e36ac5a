import type { Resource } from "@pulumi/pulumi";
import { log } from "@pulumi/pulumi";

/**
 * Warns of each, on the resource. Pulumi's SDK has one queue of messages in a process, in which each waits for the URN of its resource. A URN that the engine never gives,
 * because the update has failed, would hold up the messages of all later programs in the process, and these programs with them. So a message is sent once the URN is there.
 */
export function warnOf(found: readonly string[], resource: Resource): void {
  if (found.length === 0) return;
  resource.urn.apply(() => {
    for (const note of found) void log.warn(note, resource);
  });
}
