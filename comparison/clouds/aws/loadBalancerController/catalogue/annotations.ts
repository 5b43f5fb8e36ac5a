/** Annotations of Services that the controller serves: what it makes by them is compared, so they are no difference of their own. */
import type { Entry } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Aws, AwsExposure } from "../../model.ts";
import { isInstruction } from "../annotations.ts";
import { claimedBy } from "../claims.ts";
import { upstream } from "../upstream.ts";

const annotations = ["service", "annotations", ""].join(step);

/** Of any two Services. */
export const toldByAnnotations: Entry<Aws> = {
  id: "annotations-of-the-controller",
  why: "These annotations tell the AWS Load Balancer Controller what to make. What it makes is compared itself.",
  affects: "nobody by themselves",
  remedy: null,
  source: upstream("pkg/annotations/constants.go"),
  expects({ left, right, values }) {
    const paths = new Set([...values.left.keys(), ...values.right.keys()]);
    return [...paths]
      .filter((path) => path.startsWith(annotations) && isInstruction(path.slice(annotations.length)))
      .map((path) => ({
        path,
        left: values.left.get(path) ?? null,
        right: values.right.get(path) ?? null,
      }))
      .filter((row) => row.left !== row.right)
      .filter((row) => (row.left === null || isServed(left)) && (row.right === null || isServed(right)));
  },
};

function isServed({ service }: AwsExposure): boolean {
  const facts = factsIn(service);
  return facts !== undefined && claimedBy(facts) !== undefined;
}
