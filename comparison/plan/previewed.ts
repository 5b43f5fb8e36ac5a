/** Mocks that give a program what it has in a preview of its first update: no ids, and no outputs but the inputs. */
import type { MockResourceArgs, MockResourceResult, Mocks } from "@pulumi/pulumi/runtime/mocks.js";
import type { Answers } from "../clouds/plan.ts";

export function previewed(answers: Answers): Mocks {
  return { call: (args) => answers.call(args), newResource };
}

function newResource({ type, name, inputs, custom }: MockResourceArgs): MockResourceResult {
  const given = inputs as Record<string, unknown>;
  // Pulumi chooses Kubernetes names, so they are known before an update.
  const isNamed = custom === true && type.startsWith("kubernetes:");
  return {
    id: undefined,
    state: isNamed ? { ...given, metadata: { name, ...(given.metadata as object) } } : given,
  };
}
