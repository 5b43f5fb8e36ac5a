import assert from "node:assert/strict";
import { UsageError } from "../../../../cli/command.ts";
import { moveArguments as argumentsOf } from "../../../../cli/move/arguments.ts";

const moveArguments = (values: Parameters<typeof argumentsOf>[0]) =>
  argumentsOf(values, ["nodePort", "loadBalancer", "lbc"]);

const refused = (values: Parameters<typeof argumentsOf>[0], reason: RegExp): void => {
  assert.throws(
    () => moveArguments(values),
    (error) => error instanceof UsageError && reason.test(error.message),
  );
};

describe("the arguments of a move", () => {
  it("are the way, and defaults", () => {
    assert.deepEqual(moveArguments({ to: "LoadBalancer" }), {
      to: "loadBalancer",
      from: undefined,
      shares: [10, 50, 100],
      drainSeconds: 350,
      accepted: [],
      removes: false,
      isPlan: false,
    });
  });

  it("name the ways that there are", () => {
    refused({}, /^--to is missing; allowed are nodeport, loadbalancer, lbc$/);
    refused({ to: "ingress" }, /^--to "ingress" is not allowed/);
    assert.equal(moveArguments({ to: "lbc", from: "LoadBalancer" }).from, "loadBalancer");
    refused({ to: "lbc", from: "ingress" }, /^--from "ingress" is not allowed; allowed are nodeport/);
  });

  it("remove a way only after all clients were led away", () => {
    assert.equal(moveArguments({ to: "lbc", remove: true }).removes, true);
    refused({ to: "lbc", remove: true, shares: "1,10" }, /^--remove needs all clients .* ends with 10;/);
  });

  it("are shares that grow, and whole seconds", () => {
    assert.deepEqual(moveArguments({ to: "nodeport", shares: "1,25" }).shares, [1, 25]);
    for (const shares of ["", "0,100", "50,10", "50,101", "1.5,100", "half"])
      refused({ to: "nodeport", shares }, /^--shares .* ascending whole numbers from 1 to 100/);
    assert.equal(moveArguments({ to: "nodeport", "drain-seconds": "0" }).drainSeconds, 0);
    for (const seconds of ["", "-1", "soon"])
      refused({ to: "nodeport", "drain-seconds": seconds }, /^--drain-seconds/);
  });
});
