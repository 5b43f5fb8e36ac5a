/**
 * Labels of a Service that make kube-proxy leave it to others: its informers leave out what has one, whatever the value is.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/cmd/kube-proxy/app/server.go (noProxyName, noHeadlessEndpoints)
 */
const names = ["service.kubernetes.io/service-proxy-name", "service.kubernetes.io/headless"];

/** @returns those labels as facts of a Service; nothing if kube-proxy serves it */
export function withoutKubeProxy(labels: Readonly<Record<string, string>> = {}): {
  readonly withoutKubeProxy?: string;
} {
  const found = names.flatMap((name) => (labels[name] === undefined ? [] : [`${name}: "${labels[name]}"`]));
  return found.length === 0 ? {} : { withoutKubeProxy: found.join(", ") };
}
