/** The version of Kubernetes that wrote the cluster's state. The state survives the lab, and a later start may be with another version. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { kubernetesVersions, usualVersion } from "../kubernetesVersions.ts";
import type { KubernetesVersion } from "../kubernetesVersions.ts";
import { clusterPlaces } from "./places.ts";
import type { LabPlan } from "../plan.ts";

const recordIn = ({ state }: LabFiles): string => join(state, "kubernetes-version.json");

/**
 * Notes which version goes on with the state.
 *
 * @throws Error if it cannot read what the last one wrote
 */
export function takeOverState(plan: LabPlan, files: LabFiles): void {
  const wanted = plan.kubernetesVersion ?? usualVersion;
  const recorded = readJson(recordIn(files)) as KubernetesVersion | undefined;
  // Labs kept no record before they had a choice.
  const found = recorded ?? (existsSync(clusterPlaces(plan, files).etcdData) ? usualVersion : wanted);
  const reason = whyNotFrom(found, wanted);
  if (reason !== undefined)
    throw new Error(
      `the lab's cluster was made with Kubernetes ${found}, and lab:kubernetesVersion asks for ${wanted}: ${reason}. Set lab:kubernetesVersion to ${allowedFrom(found).join(" or ")}, or begin anew: npm run lab -- down; rm -rf .lab .pulumi`,
    );
  writeWhole(recordIn(files), JSON.stringify(wanted));
}

/** https://kubernetes.io/releases/version-skew-policy/#supported-component-upgrade-order */
function whyNotFrom(found: KubernetesVersion, wanted: KubernetesVersion): string | undefined {
  if (allowedFrom(found).includes(wanted)) return undefined;
  return kubernetesVersions.indexOf(wanted) < kubernetesVersions.indexOf(found)
    ? "Kubernetes does not read what a newer version wrote"
    : "an upgrade of Kubernetes skips no minor version";
}

const allowedFrom = (found: KubernetesVersion): readonly KubernetesVersion[] => {
  const at = kubernetesVersions.indexOf(found);
  return kubernetesVersions.slice(at, at + 2);
};
