/** The version of Kubernetes that wrote the cluster's state. */
import type { LabFiles } from "../files.ts";
import { kubernetesVersions, usualVersion } from "../kubernetesVersions.ts";
import type { KubernetesVersion } from "../kubernetesVersions.ts";
import type { LabPlan } from "../plan.ts";
import { takeOver } from "./stateRecord.ts";

/**
 * Notes which version goes on with the state.
 *
 * @throws Error if it cannot read what the last one wrote
 */
export function takeOverState(plan: LabPlan, files: LabFiles): void {
  const wanted = plan.kubernetesVersion ?? usualVersion;
  takeOver<KubernetesVersion>(plan, files, {
    record: "kubernetes-version.json",
    wanted,
    usual: usualVersion,
    refusal(found) {
      const reason = whyNotFrom(found, wanted);
      return reason === undefined
        ? undefined
        : `the lab's cluster was made with Kubernetes ${found}, and lab:kubernetesVersion asks for ${wanted}: ${reason}. Set lab:kubernetesVersion to ${allowedFrom(found).join(" or ")}, or begin anew: npm run lab -- down; rm -rf .lab .pulumi`;
    },
  });
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
