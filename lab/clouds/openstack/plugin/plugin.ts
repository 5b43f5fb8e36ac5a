/** Pulumi's plug-in for OpenStack, compiled from upstream's provider: see main.go. */
import type { CloudProgram } from "../../cloud.ts";

export const plugin: CloudProgram = {
  name: "pulumi-resource-openstack",
  source: import.meta.dirname,
  package: ".",
  linkerFlags: [],
};
