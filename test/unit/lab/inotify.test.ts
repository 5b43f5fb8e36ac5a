import assert from "node:assert/strict";
import { labDemand, nodeDemand, requireInstances } from "../../../lab/inotify.ts";

describe("the machine's inotify instances", () => {
  it("must suffice for what is started: the error says how many it needs, how many are left, and the remedy", () => {
    assert.throws(() => requireInstances(labDemand, 7, "128"), {
      message:
        "too few inotify instances: the lab needs 32, and 7 are left of the 128 that a user may have " +
        "(fs.inotify.max_user_instances). Stop what uses many, such as another lab, or allow more: sudo sysctl -w fs.inotify.max_user_instances=1024",
    });
    requireInstances(labDemand, 32, "128");
    assert.throws(() => requireInstances(nodeDemand, 7, "128"), /another node needs 8, and 7 are left/);
    requireInstances(nodeDemand, 8, "128");
  });
});
