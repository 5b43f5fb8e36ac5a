import assert from "node:assert/strict";
import { interruptedCreations } from "../../../cli/interrupted.ts";

const urn = (type: string, name: string): string => `urn:pulumi:eks::nodeport::${type}::${name}`;

describe("an interrupted operation in a stack's state", () => {
  const operation = (type: string, name: string) => ({
    type,
    resource: {
      type: "aws:lb/loadBalancer:LoadBalancer",
      urn: urn("aws:lb/loadBalancer:LoadBalancer", name),
    },
  });

  it("may have left a resource behind if it was a creation", () => {
    const deployment = {
      deployment: { pending_operations: [operation("creating", "echo"), operation("deleting", "old")] },
    };
    const [left, ...others] = interruptedCreations(deployment, "eks");
    assert.deepEqual(others, []);
    assert.deepEqual([left?.name, left?.commands], ["LoadBalancer echo", ["pulumi refresh --stack eks"]]);
  });

  it("is none in a state without such operations", () =>
    assert.deepEqual(interruptedCreations({ deployment: {} }, "dev"), []));
});
