/**
 * The minor versions of Kubernetes that the lab runs. lab/parts pins the usual one, with which everything else of the lab is built; lab/parts/versions/ pins the
 * others.
 */
export const kubernetesVersions = ["1.34", "1.35", "1.36"] as const;
export type KubernetesVersion = (typeof kubernetesVersions)[number];

/** What a lab runs unless `lab:kubernetesVersion` says otherwise. */
export const usualVersion = "1.35";

/** A version whose programs are a piece of the cache of their own. */
export type OtherVersion = Exclude<KubernetesVersion, typeof usualVersion>;

export const otherVersions: readonly OtherVersion[] = kubernetesVersions.filter(
  (version) => version !== usualVersion,
);

/** Undefined for the usual version, whose programs every lab has. */
export const otherVersion = (version: KubernetesVersion = usualVersion): OtherVersion | undefined =>
  otherVersions.find((other) => other === version);
