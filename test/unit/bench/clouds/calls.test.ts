import assert from "node:assert/strict";
import { callsIn } from "../../../../bench/clouds/aws/calls.ts";

describe("calls to the emulated AWS API", () => {
  it("are the lines with an action and how it ended", () => {
    const log = [
      "2026-11-30 09:57:18,771 listening on http://0.0.0.0:4566",
      "2026-11-30 09:57:19,373 CreateVpc - 200",
      "2026-11-30 09:57:19,478 AttachInternetGateway igw-25b7fdfc147a6d3ef 200",
      "2026-11-30 09:57:19,600 CreateLoadBalancer web 400 DuplicateLoadBalancerName",
      "2026-11-30 09:57:20,000 CreateVpc failed:",
      "Traceback (most recent call last):",
      "",
    ];
    assert.equal(callsIn(log.join("\n")), 3);
  });
});
