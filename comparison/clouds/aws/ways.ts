import type { Way } from "../way.ts";
import { title } from "./loadBalancerController/marks.ts";

/** The program's, in the order in which it declares them. */
export const ways: readonly Way[] = [
  { name: "nodePort", title: "NodePort + own NLB", type: "NodePort" },
  { name: "shared", title: "NodePort + shared NLB", type: "NodePort" },
  { name: "loadBalancer", title: "LoadBalancer", type: "LoadBalancer" },
  { name: "lbc", title: `LoadBalancer of ${title}`, type: "LoadBalancer", controller: title },
];
