import assert from "node:assert/strict";
import { freeInstances, labDemand, nodeDemand, tooFewInstances } from "../../../lab/inotify.ts";

describe("the machine's inotify instances", () => {
  it("must suffice: the complaint says how many are needed, how many are left, and the remedy", () => {
    assert.equal(
      tooFewInstances(labDemand, 7, "128"),
      "too few inotify instances: the lab needs 32, and 7 are left of the 128 that a user may have " +
        "(fs.inotify.max_user_instances). Stop what uses many, such as another lab, or allow more: sudo sysctl -w fs.inotify.max_user_instances=1024",
    );
    assert.equal(tooFewInstances(labDemand, 32, "128"), undefined);
    assert.match(tooFewInstances(nodeDemand, 7, "128") ?? "", /another node needs 8, and 7 are left/);
    assert.equal(tooFewInstances(nodeDemand, 8, "128"), undefined);
  });

  it("are counted, and given back", async () => {
    // Together more than a user may have by default.
    for (let count = 0; count < 100; count++)
      assert.equal(await freeInstances({ of: "a test", instances: 2 }), 2);
  });
});
