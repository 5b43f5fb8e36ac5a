/** The picture of the project's two Services: three zones, each with one node and one pod of each Service. */
import type { Picture } from "../../../../../comparison/result/comparison.ts";

type PictureObject = Picture["objects"][number];
type Edge = Picture["edges"][number];
type Side = "left" | "right";

const zones = ["a", "b", "c"];

function object(
  side: PictureObject["side"],
  kind: PictureObject["kind"],
  id: string,
  label: string,
  owner: PictureObject["owner"],
  within: string | null = null,
): PictureObject {
  return { id, side, kind, label, owner, within };
}

function cluster(side: Side, nodePort: number): PictureObject[] {
  return zones.flatMap((zone) => [
    object(side, "zone", `${side} zone ${zone}`, `us-west-2${zone}`, "none"),
    object(side, "node", `${side} node-${zone}`, `node-${zone}`, "other", `${side} zone ${zone}`),
    object(
      side,
      "kube-proxy",
      `${side} kube-proxy ${zone}`,
      `kube-proxy\n:${nodePort}`,
      "kubernetes",
      `${side} node-${zone}`,
    ),
    object(side, "pod", `${side} pod ${zone}`, `pod\n:8080`, "kubernetes", `${side} node-${zone}`),
  ]);
}

function traffic(side: Side, nodePort: number): Edge[] {
  return [
    { from: "client", to: `${side} load balancer`, kind: "traffic", label: "TCP 80" },
    ...zones.flatMap((zone): Edge[] => [
      {
        from: `${side} load balancer`,
        to: `${side} kube-proxy ${zone}`,
        kind: "traffic",
        label: `TCP ${nodePort}`,
      },
      ...zones.map((other): Edge => ({
        from: `${side} kube-proxy ${zone}`,
        to: `${side} pod ${other}`,
        kind: "traffic",
        label: "",
      })),
    ]),
  ];
}

export const picture: Picture = {
  objects: [
    object("both", "client", "client", "client", "none"),
    object(
      "left",
      "load balancer",
      "left load balancer",
      "Network Load Balancer\nlistener TCP 80",
      "program",
    ),
    object("left", "Service", "left service", "Service\ntype: NodePort", "program"),
    object("left", "program", "left program", "Pulumi program", "program"),
    ...cluster("left", 32089),
    object(
      "right",
      "load balancer",
      "right load balancer",
      "Network Load Balancer\nlistener TCP 80",
      "cloud controller",
    ),
    object("right", "Service", "right service", "Service\ntype: LoadBalancer", "program"),
    object("right", "program", "right program", "Pulumi program", "program"),
    object("right", "cloud controller", "right controller", "cloud controller\nmanager", "cloud controller"),
    ...cluster("right", 32565),
  ],
  edges: [
    ...traffic("left", 32089),
    { from: "left program", to: "left load balancer", kind: "makes", label: "declares" },
    { from: "left program", to: "left service", kind: "makes", label: "declares" },
    ...traffic("right", 32565),
    { from: "right program", to: "right service", kind: "makes", label: "declares" },
    { from: "right service", to: "right controller", kind: "asks", label: "asks" },
    { from: "right controller", to: "right load balancer", kind: "makes", label: "creates" },
  ],
};
