/** Which Kubernetes the measured Services run on, as the cluster says. */
import type { Exposure, Facts } from "./model/exposure.ts";
import { factsIn } from "./model/sourceResult.ts";
import type { Comparison } from "./result/comparison.ts";

/** Undefined if no source gave its version. */
export function kubernetesOf({ cluster, left, right }: Facts): Comparison["kubernetes"] {
  const { kubernetesVersion: version, nodes = [] } = factsIn(cluster) ?? {};
  if (version === undefined) return undefined;
  return {
    version,
    kubelets: once(nodes.flatMap(({ kubeletVersion }) => kubeletVersion ?? [])),
    proxyModes: once([left, right].flatMap(modesOf)),
  };
}

const modesOf = ({ dataPath }: Exposure): string[] => (factsIn(dataPath) ?? []).map(({ mode }) => mode);

const once = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
