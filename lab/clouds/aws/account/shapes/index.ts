/** The shapes in which the lab's account can be furnished, by the names that `lab:shape` has for them. */
import { autoMode } from "./autoMode.ts";
import { eksctl, eksctlSelfManaged } from "./eksctl.ts";
import { eksModule, eksModuleBothGroups } from "./eksModule.ts";
import { kops } from "./kops.ts";
import { pulumiEks } from "./pulumiEks.ts";
import { usualShape } from "../../../../plan.ts";
import type { AccountShape } from "./shape.ts";
import { usual } from "./usual.ts";

export const shapes = {
  [usualShape]: usual,
  "eks-module": eksModule,
  "eks-module-both-groups": eksModuleBothGroups,
  "pulumi-eks": pulumiEks,
  eksctl,
  "eksctl-self-managed": eksctlSelfManaged,
  "auto-mode": autoMode,
  kops,
} as const satisfies Readonly<Record<string, AccountShape>>;

/** @throws if there is no such shape, naming those there are */
export function shapeNamed(name: string = usualShape): AccountShape {
  const found: AccountShape | undefined = Object.entries(shapes).find(([each]) => each === name)?.[1];
  if (found !== undefined) return found;
  throw new Error(`there is no shape "${name}" of the account; there are ${Object.keys(shapes).join(", ")}`);
}

/** Names of the Auto Scaling groups of a shape. */
export const autoscalingGroupsOf = (shape: AccountShape): string[] =>
  shape.nodeGroups.flatMap(({ autoscalingGroup }) => autoscalingGroup?.name ?? []);
