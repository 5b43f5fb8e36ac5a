/** Which of Kubernetes' specs are run together: data only. Patterns are ginkgo's, for the whole name of a spec. */
import type { Maker } from "./admission.ts";

export interface Preset {
  readonly about: string;
  /** A spec is run if one of these matches its name. */
  readonly focus: readonly string[];
  /** But not if one of these does. */
  readonly skip: readonly string[];
  /** Only for specs of load balancers: who makes them. The suite then runs where their clients are, outside the nodes' network. */
  readonly loadBalancersBy?: Maker;
}

/** Specs that need a cluster of their own, or break others' on purpose. */
const disturbing = ["\\[Serial\\]", "\\[Disruptive\\]"];
/** Features that a cluster may leave out, and that are tested only where they are asked for by name. */
const optional = ["\\[Feature:.+\\]", "\\[Alpha\\]", "\\[Deprecated\\]"];

export const presets: Readonly<Record<string, Preset>> = {
  services: {
    about: "Services: every spec that neither breaks others nor needs a feature that clusters may leave out",
    focus: ["\\[sig-network\\] Services"],
    skip: [...disturbing, ...optional],
  },
  short: {
    about: "what a conformant cluster must do with Services, and names of Services",
    focus: ["\\[sig-network\\] Services .*\\[Conformance\\]", "\\[sig-network\\] DNS .*\\[Conformance\\]"],
    skip: disturbing,
  },
  network: {
    about: "EndpointSlices, kube-proxy, pods' network, DNS, host ports and connection tracking",
    focus: ["EndpointSlice", "KubeProxy", "Proxy", "Networking", "DNS", "HostPort", "Conntrack"].map(
      (name) => `\\[sig-network\\] ${name}`,
    ),
    skip: [...disturbing, ...optional],
  },
  loadbalancer: {
    about:
      "Services of type LoadBalancer, whose Network Load Balancers the AWS cloud controller manager makes",
    focus: ["\\[Feature:LoadBalancer\\]"],
    skip: disturbing,
    loadBalancersBy: "cloud controller",
  },
  nodeport: {
    about:
      "the rolling updates of the preset loadbalancer, behind NodePort Services with the program's own Network Load Balancers",
    focus: ["\\[Feature:LoadBalancer\\].*during rolling update"],
    skip: disturbing,
    loadBalancersBy: "program",
  },
};
