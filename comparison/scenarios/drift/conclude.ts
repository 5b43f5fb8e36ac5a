/** Who brought back what somebody deleted, and what was lost until then: pure decisions. */
import type { BySide } from "../../result/bySide.ts";
import { isNumber } from "../bounds.ts";
import type { Repair } from "../repair.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Figures, NodeOfPod } from "../traffic/figures.ts";
import type { Sample } from "../traffic/load.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";

interface Expected {
  /** Share of requests that are lost until it is back, in percent. */
  readonly lostPercent: number;
  /** Why. */
  readonly sentence: string;
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network";

const drifts = {
  listener: {
    lostPercent: 100,
    sentence: "Traffic that no listener is for is dropped.",
    source: `${guide}/load-balancer-listeners.html`,
  },
  target: {
    lostPercent: 0,
    sentence: "Across zones the other targets take what one took.",
    source: `${guide}/edit-target-group-attributes.html#deregistration-delay`,
  },
  rule: {
    lostPercent: 100,
    sentence:
      "Without a rule nobody reaches the nodes, and with the client's address kept that is the client.",
    source: `${guide}/target-group-register-targets.html#target-security-groups`,
  },
} as const satisfies Readonly<Record<string, Expected>>;

export type Name = keyof typeof drifts;
export const names = Object.keys(drifts) as Name[];

/**
 * Longer than the cloud controller takes between two looks at its own copy of all Services, 30 s: a look that finds nothing changed does nothing.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go
 */
export const patienceSeconds = 35;

export interface Broken {
  /** While nobody did anything, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly repairs: Readonly<Record<Name, Repair>>;
}

/** A load's, of which there is one a side and a thing that is taken away. */
export const idOf = (side: keyof BySide<unknown>, name: Name): string => `${side} ${name}`;

/** @param samples of both sides' loads */
export function driftFindings(broken: BySide<Outcome<Broken>>, samples: readonly Sample[]): Finding[] {
  // Nobody says who answered a connection that was only opened.
  const nodeOfPod: NodeOfPod = new Map();
  const figures = (name: Name) =>
    mapBySide(broken, (span, side) => figuresUnlessStill({ samples, nodeOfPod }, idOf(side, name), span));
  return names.flatMap((name) => findings(name, broken, figures(name)));
}

function findings(name: Name, broken: BySide<Outcome<Broken>>, figures: BySide<Outcome<Figures>>): Finding[] {
  const { lostPercent: expectedPercent, sentence, source }: Expected = drifts[name];
  const controller =
    "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go";
  const pulumi = "https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/";
  return [
    {
      title: `${name}: lost until it is back`,
      unit: "%",
      ...figure(figures, (of) => 100 - answeredPercent(of)),
      expected: bothAlike(sentence, source, (value) => value === expectedPercent),
    },
    {
      title: `${name}: brought back by`,
      unit: "",
      ...bySide(broken, ({ repairs: of }) => of[name].by),
      expected: differing(
        `Nobody does it by himself within ${patienceSeconds} s. Pulumi believes its state unless it is told to look; the cloud controller acts on a change of the Service or the nodes only.`,
        pulumi,
        {
          left: (value) => value === "pulumi up --refresh",
          right: (value) => value === "a change of the Service",
        },
      ),
    },
    {
      title: `${name}: until it is back`,
      unit: "s",
      ...bySide(broken, ({ repairs: of }) => of[name].seconds),
      expected: differing(
        "An update takes as long as it takes Pulumi to look at every resource; the cloud controller looks at one Service.",
        controller,
        {
          left: isNumber((value) => value > 0 && value <= 2 * timing.updateSeconds),
          right: isNumber((value) => value <= timing.controllerSeconds),
        },
      ),
    },
  ];
}
